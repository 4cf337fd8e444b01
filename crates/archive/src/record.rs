//! One WARC/1.1 record as bytes: a gzip member of its own, so that a file can be entered at every record.
//!
//! Format: <https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/> (seen 2026-11-22).

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use laendersache_model::Digest;
use sha2::Digest as _;

pub(crate) const VERSION_LINE: &str = "WARC/1.1";
pub(crate) const PROFILE_SAME_PAYLOAD: &str =
    "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";
pub(crate) const PROFILE_NOT_MODIFIED: &str =
    "http://netpreserve.org/warc/1.1/revisit/server-not-modified";
pub(crate) const FIELD_SITE: &str = "Laendersache-Site";
pub(crate) const FIELD_CANONICAL: &str = "Laendersache-Canonical-URI";

/// The named fields of a record, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct RecordHead {
    fields: Vec<(String, String)>,
}

impl RecordHead {
    /// Begins a record of a type, such as `response`.
    pub(crate) fn new(record_type: &str, id: &str) -> Self {
        Self::default()
            .with("WARC-Type", record_type)
            .with("WARC-Record-ID", id)
    }

    /// Adds a field; line breaks and control characters cannot get into it.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        let value = value.replace(char::is_control, " ");
        self.fields.push((name.to_owned(), value));
        self
    }

    /// Returns the value of a field.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(field, _)| field.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Reads the lines after the version line.
    pub(crate) fn parse(lines: &str) -> Self {
        let fields = lines
            .lines()
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
            .collect();
        Self { fields }
    }

    /// Returns the payload digest if it is a SHA-256 in hexadecimal digits.
    pub(crate) fn payload_digest(&self) -> Option<Digest> {
        self.get("WARC-Payload-Digest")?
            .strip_prefix("sha256:")?
            .parse()
            .ok()
    }
}

/// Computes the SHA-256 of bytes, by which the archive names a payload.
#[must_use]
pub fn digest_of(bytes: &[u8]) -> Digest {
    Digest::from_bytes(sha2::Sha256::digest(bytes).into())
}

/// Writes a digest as a WARC field has it.
pub(crate) fn labelled(digest: &Digest) -> String {
    format!("sha256:{digest}")
}

/// Returns the id of the record of a type at a place.
///
/// It follows from the place alone, so that a revisit can name the record it refers to without a table of ids.
pub(crate) fn record_id(file: &str, offset: u64, record_type: &str) -> String {
    let digest = digest_of(format!("{file}\n{offset}\n{record_type}").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.as_bytes()[..16]);
    // RFC 9562: version 8 is for values made by one's own rule, the two highest bits of byte 8 are `10`.
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!(
        "<urn:uuid:{}-{}-{}-{}-{}>",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

/// Writes a record with the block made of `parts` as one gzip member.
pub(crate) fn record_bytes(head: &RecordHead, parts: &[&[u8]]) -> Vec<u8> {
    let mut hasher = sha2::Sha256::new();
    parts.iter().for_each(|part| hasher.update(part));
    let block_digest = Digest::from_bytes(hasher.finalize().into());
    let length: usize = parts.iter().map(|part| part.len()).sum();

    let mut text = format!("{VERSION_LINE}\r\n");
    for (name, value) in &head.fields {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str(&format!(
        "WARC-Block-Digest: {}\r\nContent-Length: {length}\r\n\r\n",
        labelled(&block_digest)
    ));

    let mut encoder = GzEncoder::new(
        Vec::with_capacity(length / 2 + 1024),
        Compression::default(),
    );
    let in_memory = "writing to memory cannot fail";
    encoder.write_all(text.as_bytes()).expect(in_memory);
    for part in parts {
        encoder.write_all(part).expect(in_memory);
    }
    encoder.write_all(b"\r\n\r\n").expect(in_memory);
    encoder.finish().expect(in_memory)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn a_record_is_one_gzip_member_in_the_warc_form() {
        let head =
            RecordHead::new("response", "<urn:uuid:x>").with("WARC-Date", "2026-11-22T10:00:00Z");
        let bytes = record_bytes(&head, &[b"ab", b"c"]);
        let mut text = String::new();
        flate2::read::GzDecoder::new(&bytes[..])
            .read_to_string(&mut text)
            .expect("one member");
        assert!(
            text.starts_with("WARC/1.1\r\nWARC-Type: response\r\n"),
            "{text}"
        );
        assert!(
            text.contains("\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n"),
            "{text}"
        );
        let digest = digest_of(b"abc");
        assert!(
            text.contains(&format!("WARC-Block-Digest: sha256:{digest}")),
            "{text}"
        );
    }

    #[test]
    fn a_field_cannot_smuggle_in_another_line() {
        let head = RecordHead::new("request", "x").with("A", "b\r\nWARC-Type: response");
        assert_eq!(head.get("a"), Some("b  WARC-Type: response"));
    }

    #[test]
    fn fields_survive_reading() {
        let head = RecordHead::parse(
            "WARC-Type: revisit\r\nWARC-Target-URI: http://a/b:c\r\nnonsense\r\n",
        );
        assert_eq!(head.get("warc-type"), Some("revisit"));
        assert_eq!(head.get("WARC-Target-URI"), Some("http://a/b:c"));
        assert_eq!(head.get("nonsense"), None);
    }

    #[test]
    fn record_ids_are_uuids_and_differ_by_place_and_type() {
        let id = record_id("a.warc.gz", 7, "response");
        assert_eq!(id.len(), "<urn:uuid:>".len() + 36);
        assert_eq!(&id[23..25], "-8");
        assert_eq!(id, record_id("a.warc.gz", 7, "response"));
        assert_ne!(id, record_id("a.warc.gz", 8, "response"));
        assert_ne!(id, record_id("a.warc.gz", 7, "request"));
        assert_ne!(id, record_id("b.warc.gz", 7, "response"));
    }

    #[test]
    fn the_digest_is_the_known_one_of_the_empty_payload() {
        assert_eq!(digest_of(b"").short(), "e3b0c44298fc");
    }
}
