//! What parent and parser process say to each other: a JSON head and a payload, each with its length in front.

use std::io::{self, Read, Write};

use laendersache_crawler::FoundLinks;
use laendersache_model::{Capture, Conference, Document, Extraction};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use url::Url;

/// No head is longer than this; a longer one is a broken pipe's noise.
const LONGEST_HEAD_BYTES: u32 = 256 << 20;

/// A request to the parser process; the bytes follow as payload.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "job", rename_all = "snake_case")]
pub(crate) enum Job {
    /// Find the links of a page.
    Links {
        /// The address against which relative links are resolved.
        base: Url,
        /// The `Content-Type` header, unread.
        content_type: Option<String>,
    },
    /// Read a document and cut it into resolutions.
    Document {
        /// The capture whose bytes follow.
        capture: Box<Capture>,
        /// The conference that publishes it.
        conference: Box<Conference>,
    },
}

/// The answer of the parser process.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub(crate) enum Answer {
    /// The links of a page.
    Links {
        /// What was found.
        found: FoundLinks,
    },
    /// A document with its resolutions.
    Document {
        /// The text.
        document: Box<Document>,
        /// What was cut from it.
        extraction: Box<Extraction>,
    },
    /// The bytes could not be read.
    Failed {
        /// Why, for people.
        reason: String,
    },
}

/// Writes a head and its payload.
pub(crate) fn write_message<T: Serialize>(
    out: &mut impl Write,
    head: &T,
    payload: &[u8],
) -> io::Result<()> {
    let head = serde_json::to_vec(head)?;
    let head_length = u32::try_from(head.len()).map_err(io::Error::other)?;
    out.write_all(&head_length.to_be_bytes())?;
    out.write_all(&(payload.len() as u64).to_be_bytes())?;
    out.write_all(&head)?;
    out.write_all(payload)?;
    out.flush()
}

/// Reads a head and its payload; `None` at the end of the stream.
pub(crate) fn read_message<T: DeserializeOwned>(
    input: &mut impl Read,
) -> io::Result<Option<(T, Vec<u8>)>> {
    let mut lengths = [0; 12];
    match input.read(&mut lengths[..1])? {
        0 => return Ok(None),
        _ => input.read_exact(&mut lengths[1..])?,
    }
    let (head_length, payload_length) = lengths.split_at(4);
    let head_length = u32::from_be_bytes(head_length.try_into().map_err(io::Error::other)?);
    let payload_length = u64::from_be_bytes(payload_length.try_into().map_err(io::Error::other)?);
    if head_length > LONGEST_HEAD_BYTES {
        return Err(io::Error::other("the message is too long"));
    }
    let head = read_bytes(input, u64::from(head_length))?;
    let payload = read_bytes(input, payload_length)?;
    Ok(Some((serde_json::from_slice(&head)?, payload)))
}

fn read_bytes(input: &mut impl Read, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length {
        Ok(bytes)
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_survive_the_pipe_one_after_the_other() {
        let mut pipe = Vec::new();
        for payload in [&b"one"[..], b""] {
            let answer = Answer::Failed {
                reason: "ä".to_owned(),
            };
            write_message(&mut pipe, &answer, payload).expect("written");
        }
        let mut input = pipe.as_slice();
        for payload in [&b"one"[..], b""] {
            let (answer, read): (Answer, _) =
                read_message(&mut input).expect("read").expect("a message");
            assert!(matches!(answer, Answer::Failed { reason } if reason == "ä"));
            assert_eq!(read, payload);
        }
        assert!(read_message::<Answer>(&mut input).expect("read").is_none());
    }

    #[test]
    fn a_torn_or_absurd_message_is_an_error() {
        let mut pipe = Vec::new();
        write_message(
            &mut pipe,
            &Answer::Failed {
                reason: String::new(),
            },
            b"payload",
        )
        .expect("written");
        for length in 1..pipe.len() {
            assert!(
                read_message::<Answer>(&mut &pipe[..length]).is_err(),
                "{length}"
            );
        }
        assert!(read_message::<Answer>(&mut &[0xff; 40][..]).is_err());
    }
}
