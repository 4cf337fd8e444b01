//! Receives the body of an answer within limits of size, time and rate, and unpacks it.

use std::{
    io::{self, Write},
    time::Duration,
};

use flate2::write::MultiGzDecoder;
use reqwest::Response;
use tokio::time::{Instant, timeout_at};

use crate::{
    config::Config,
    error::FetchError,
    media::{self, Media},
};

/// Small pages of little content pack very well; only above this size the ratio says anything.
const RATIO_FREE_BYTES: u64 = 1 << 20;

/// A body as it was received and unpacked.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) payload: Vec<u8>,
    pub(crate) received_bytes: u64,
}

/// Receives and unpacks the body of an answer whose request was sent at `began`.
pub(crate) async fn receive(
    mut response: Response,
    config: &Config,
    began: Instant,
) -> Result<Body, FetchError> {
    let header = |name| {
        let value = response.headers().get(name)?;
        value.to_str().ok().map(str::to_owned)
    };
    let content_type = header("content-type");
    let mut unpacker = Unpacker::new(header("content-encoding").as_deref())?;
    let mut received_bytes = 0;
    loop {
        let deadline = Deadline::next(config, began, received_bytes);
        let chunk = timeout_at(deadline.at, response.chunk())
            .await
            .map_err(|_| deadline.error)?
            .map_err(|error| FetchError::Connection(reason_of(&error)))?;
        let Some(chunk) = chunk else {
            break;
        };
        received_bytes += chunk.len() as u64;
        let media = media::media(content_type.as_deref(), unpacker.so_far());
        let limit = Limit::new(config, media, received_bytes);
        unpacker.write(&chunk, &limit)?;
    }
    Ok(Body {
        payload: unpacker.finish()?,
        received_bytes,
    })
}

/// Writes an error of the client with its causes, for people.
pub(crate) fn reason_of(error: &reqwest::Error) -> String {
    let mut reason = String::new();
    let mut cause: Option<&dyn std::error::Error> = std::error::Error::source(error);
    while let Some(error) = cause {
        if !reason.is_empty() {
            reason.push_str(": ");
        }
        reason.push_str(&error.to_string());
        cause = error.source();
    }
    if reason.is_empty() {
        reason = error.to_string();
    }
    reason
}

/// Until when more must have come, and what it means if it has not.
struct Deadline {
    at: Instant,
    error: FetchError,
}

impl Deadline {
    fn next(config: &Config, began: Instant, received_bytes: u64) -> Self {
        let earned_ms = received_bytes.saturating_mul(1_000) / config.min_bytes_per_second.max(1);
        let by_rate = began + config.rate_grace + Duration::from_millis(earned_ms.min(86_400_000));
        let by_total = began + config.total_timeout;
        if by_rate < by_total {
            Self {
                at: by_rate,
                error: FetchError::TooSlow(config.min_bytes_per_second),
            }
        } else {
            Self {
                at: by_total,
                error: FetchError::Timeout(config.total_timeout.as_secs()),
            }
        }
    }
}

/// How large the payload may be at this moment, and which rule says so.
struct Limit {
    bytes: u64,
    error: FetchError,
}

impl Limit {
    fn new(config: &Config, media: Media, received_bytes: u64) -> Self {
        let by_size = match media {
            Media::Html | Media::Xml => config.page_limit_bytes,
            Media::Pdf | Media::Other => config.file_limit_bytes,
        };
        let by_ratio = received_bytes
            .saturating_mul(config.max_ratio)
            .max(RATIO_FREE_BYTES);
        if by_ratio < by_size {
            Self {
                bytes: by_ratio,
                error: FetchError::Bomb(config.max_ratio),
            }
        } else {
            Self {
                bytes: by_size,
                error: FetchError::TooLarge(by_size),
            }
        }
    }
}

/// Unpacks what was asked for: nothing, or gzip.
enum Unpacker {
    Plain(Capped),
    Gzip(Box<MultiGzDecoder<Capped>>),
}

impl Unpacker {
    fn new(encoding: Option<&str>) -> Result<Self, FetchError> {
        let encoding = encoding.unwrap_or_default().trim().to_ascii_lowercase();
        match encoding.as_str() {
            "" | "identity" => Ok(Self::Plain(Capped::default())),
            "gzip" | "x-gzip" => Ok(Self::Gzip(Box::new(MultiGzDecoder::new(Capped::default())))),
            _ => Err(FetchError::Encoding(format!(
                "`{encoding}` was not asked for"
            ))),
        }
    }

    fn capped(&mut self) -> &mut Capped {
        match self {
            Self::Plain(capped) => capped,
            Self::Gzip(decoder) => decoder.get_mut(),
        }
    }

    fn so_far(&self) -> &[u8] {
        match self {
            Self::Plain(capped) => &capped.payload,
            Self::Gzip(decoder) => &decoder.get_ref().payload,
        }
    }

    fn write(&mut self, chunk: &[u8], limit: &Limit) -> Result<(), FetchError> {
        self.capped().limit_bytes = limit.bytes;
        let written = match self {
            Self::Plain(capped) => capped.write_all(chunk),
            Self::Gzip(decoder) => decoder.write_all(chunk),
        };
        written.map_err(|error| {
            if self.capped().is_full {
                limit.error.clone()
            } else {
                FetchError::Encoding(error.to_string())
            }
        })
    }

    fn finish(self) -> Result<Vec<u8>, FetchError> {
        match self {
            Self::Plain(capped) => Ok(capped.payload),
            Self::Gzip(decoder) => decoder
                .finish()
                .map(|capped| capped.payload)
                .map_err(|error| FetchError::Encoding(error.to_string())),
        }
    }
}

/// Takes bytes up to a limit, so that a small chunk cannot unpack to a large memory.
#[derive(Default)]
struct Capped {
    payload: Vec<u8>,
    limit_bytes: u64,
    is_full: bool,
}

impl Write for Capped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if (self.payload.len() + bytes.len()) as u64 > self.limit_bytes {
            self.is_full = true;
            return Err(io::Error::other("larger than allowed"));
        }
        self.payload.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn packed(payload: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(payload).unwrap();
        encoder.finish().unwrap()
    }

    fn unpack(encoding: &str, bytes: &[u8]) -> Result<Vec<u8>, FetchError> {
        let config = Config {
            page_limit_bytes: 3 << 20,
            file_limit_bytes: 5 << 20,
            ..Config::new("test")
        };
        let mut unpacker = Unpacker::new(Some(encoding))?;
        let mut received = 0;
        for chunk in bytes.chunks(1_000) {
            received += chunk.len() as u64;
            let limit = Limit::new(&config, media::media(None, unpacker.so_far()), received);
            unpacker.write(chunk, &limit)?;
        }
        unpacker.finish()
    }

    #[test]
    fn packed_and_plain_bodies_give_the_same_payload() {
        for payload in [&b""[..], b"Beschluss", &[7; 70_000]] {
            assert_eq!(unpack("identity", payload).unwrap(), payload);
            if !payload.is_empty() {
                assert_eq!(unpack(" GZIP ", &packed(payload)).unwrap(), payload);
            }
        }
    }

    #[test]
    fn a_bomb_is_noticed_long_before_it_is_unpacked() {
        let bomb = packed(&vec![0; 40 << 20]);
        assert_eq!(unpack("gzip", &bomb), Err(FetchError::Bomb(200)));
        let bomb_in_a_bomb = packed(&bomb);
        assert!(
            unpack("gzip", &bomb_in_a_bomb).is_ok(),
            "unpacked once only"
        );
    }

    #[test]
    fn pages_have_a_lower_limit_than_files() {
        let page = [&b"<html>"[..], &vec![b'a'; 4 << 20]].concat();
        assert_eq!(unpack("", &page), Err(FetchError::TooLarge(3 << 20)));
        let file = [&b"%PDF-"[..], &vec![b'a'; 4 << 20]].concat();
        assert_eq!(unpack("", &file).unwrap().len(), file.len());
        let file = vec![b'a'; 6 << 20];
        assert_eq!(unpack("", &file), Err(FetchError::TooLarge(5 << 20)));
    }

    #[test]
    fn damaged_and_unasked_packing_is_an_error() {
        let whole = packed(&[1, 2, 3].repeat(500));
        for (encoding, bytes) in [
            ("gzip", &b"no gzip at all"[..]),
            ("gzip", &whole[..whole.len() - 5]),
            ("br", b"x"),
            ("gzip, gzip", b"x"),
        ] {
            let result = unpack(encoding, bytes);
            assert!(
                matches!(result, Err(FetchError::Encoding(_))),
                "{encoding}: {result:?}"
            );
        }
    }

    #[test]
    fn the_deadline_moves_with_what_was_received_but_never_past_the_total() {
        let config = Config {
            rate_grace: Duration::from_secs(10),
            min_bytes_per_second: 1_000,
            total_timeout: Duration::from_secs(60),
            ..Config::new("test")
        };
        let began = Instant::now();
        for (received, seconds, error) in [
            (0, 10, FetchError::TooSlow(1_000)),
            (5_000, 15, FetchError::TooSlow(1_000)),
            (10_000_000, 60, FetchError::Timeout(60)),
            (u64::MAX, 60, FetchError::Timeout(60)),
        ] {
            let deadline = Deadline::next(&config, began, received);
            assert_eq!(
                deadline.at - began,
                Duration::from_secs(seconds),
                "{received}"
            );
            assert_eq!(deadline.error, error, "{received}");
        }
    }
}
