//! Reads the records of a WARC file one after the other, and finds its way past damage.

use std::{
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use flate2::bufread::GzDecoder;

use crate::{
    error::{Error, io_error},
    record::{RecordHead, VERSION_LINE},
};

/// No record of ours comes near; more than this is a damaged or hostile one.
const MAX_RECORD_BYTES: u64 = 512 << 20;
const GZIP_MAGIC: [u8; 3] = [0x1f, 0x8b, 0x08];
const BUFFER_BYTES: usize = 64 << 10;

/// A whole record as it was read.
#[derive(Debug)]
pub(crate) struct ReadRecord {
    pub(crate) offset: u64,
    pub(crate) end: u64,
    pub(crate) head: RecordHead,
    pub(crate) block: Vec<u8>,
}

/// What comes next in a file.
#[derive(Debug)]
pub(crate) enum Item {
    Record(ReadRecord),
    Gap(Gap),
}

/// Bytes that are no whole record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Gap {
    pub(crate) from: u64,
    pub(crate) to: u64,
    /// True if nothing whole follows up to the end of the file.
    pub(crate) is_tail: bool,
    pub(crate) reason: String,
}

/// Walks through one file.
pub(crate) struct WarcReader {
    path: PathBuf,
    reader: BufReader<File>,
    position: u64,
    length: u64,
}

impl WarcReader {
    /// Begins at a place that is known to be the beginning of a record.
    pub(crate) fn open(path: &Path, position: u64) -> Result<Self, Error> {
        let file = File::open(path).map_err(io_error(path))?;
        let length = file.metadata().map_err(io_error(path))?.len();
        let mut reader = BufReader::with_capacity(BUFFER_BYTES, file);
        reader
            .seek(SeekFrom::Start(position))
            .map_err(io_error(path))?;
        Ok(Self {
            path: path.to_owned(),
            reader,
            position,
            length,
        })
    }

    /// Returns the next record or gap, and `None` at the end of the file.
    pub(crate) fn next(&mut self) -> Result<Option<Item>, Error> {
        if self.position >= self.length {
            return Ok(None);
        }
        let from = self.position;
        match self.read_at_position() {
            Ok(record) => {
                self.position = record.end;
                Ok(Some(Item::Record(record)))
            }
            Err(error) if is_damage(&error) => {
                let gap = self.skip_damage(from, error.to_string())?;
                Ok(Some(Item::Gap(gap)))
            }
            Err(source) => Err(Error::Io {
                path: self.path.clone(),
                source,
            }),
        }
    }

    fn read_at_position(&mut self) -> io::Result<ReadRecord> {
        let mut text = Vec::new();
        GzDecoder::new(&mut self.reader)
            .take(MAX_RECORD_BYTES)
            .read_to_end(&mut text)?;
        let (head, block) = split_record(text)?;
        Ok(ReadRecord {
            offset: self.position,
            end: self.reader.stream_position()?,
            head,
            block,
        })
    }

    /// Looks for the next place where a whole record can be read, and stands there.
    fn skip_damage(&mut self, from: u64, reason: String) -> Result<Gap, Error> {
        let mut candidate = from + 1;
        while let Some(found) = self.find_magic(candidate)? {
            self.go_to(found)?;
            match self.read_at_position() {
                Ok(_) => {
                    self.go_to(found)?;
                    return Ok(gap(from, found, false, reason));
                }
                Err(error) if is_damage(&error) => candidate = found + 1,
                Err(source) => {
                    return Err(Error::Io {
                        path: self.path.clone(),
                        source,
                    });
                }
            }
        }
        self.position = self.length;
        Ok(gap(from, self.length, true, reason))
    }

    fn go_to(&mut self, position: u64) -> Result<(), Error> {
        self.reader
            .seek(SeekFrom::Start(position))
            .map_err(io_error(&self.path))?;
        self.position = position;
        Ok(())
    }

    fn find_magic(&mut self, from: u64) -> Result<Option<u64>, Error> {
        self.go_to(from)?;
        let mut window = [0; 3];
        let mut seen = 0_u64;
        for byte in (&mut self.reader).bytes() {
            let byte = byte.map_err(io_error(&self.path))?;
            window = [window[1], window[2], byte];
            seen += 1;
            if seen >= 3 && window == GZIP_MAGIC {
                return Ok(Some(from + seen - 3));
            }
        }
        Ok(None)
    }
}

fn gap(from: u64, to: u64, is_tail: bool, reason: String) -> Gap {
    Gap {
        from,
        to,
        is_tail,
        reason,
    }
}

/// Tells damaged bytes from a disk that refuses to read: only the former may ever be cut off.
fn is_damage(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput
    )
}

fn split_record(mut text: Vec<u8>) -> io::Result<(RecordHead, Vec<u8>)> {
    let damaged = |reason: &str| io::Error::new(io::ErrorKind::InvalidData, reason.to_owned());
    let head_end =
        crate::http_head::head_end(&text).ok_or_else(|| damaged("a record without a head"))?;
    let head_text = std::str::from_utf8(&text[..head_end])
        .map_err(|_| damaged("a record head that is not UTF-8"))?;
    let lines = head_text
        .strip_prefix(VERSION_LINE)
        .ok_or_else(|| damaged("not a WARC/1.1 record"))?;
    let head = RecordHead::parse(lines);
    let length: usize = head
        .get("Content-Length")
        .and_then(|value| value.parse().ok())
        .ok_or_else(|| damaged("a record without a length"))?;
    if text.len().checked_sub(head_end) != length.checked_add(4) {
        return Err(damaged("a record of another length than it says"));
    }
    text.truncate(head_end + length);
    Ok((head, text.split_off(head_end)))
}

/// Reads the one record at a place.
pub(crate) fn read_record(path: &Path, offset: u64) -> Result<ReadRecord, Error> {
    let damaged = |reason: String| Error::DamagedRecord {
        path: path.to_owned(),
        offset,
        reason,
    };
    match WarcReader::open(path, offset)?.next()? {
        Some(Item::Record(record)) => Ok(record),
        Some(Item::Gap(gap)) => Err(damaged(gap.reason)),
        None => Err(damaged("the file ends before it".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::record_bytes;

    fn record(name: &str) -> Vec<u8> {
        record_bytes(
            &RecordHead::new("resource", name),
            &[name.repeat(40).as_bytes()],
        )
    }

    /// Returns the ids of the whole records and the gaps.
    fn read(bytes: &[u8]) -> (Vec<String>, Vec<(u64, u64, bool)>) {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        let mut reader = WarcReader::open(file.path(), 0).unwrap();
        let (mut ids, mut gaps) = (Vec::new(), Vec::new());
        while let Some(item) = reader.next().unwrap() {
            match item {
                Item::Record(record) => {
                    ids.push(record.head.get("WARC-Record-ID").unwrap().to_owned())
                }
                Item::Gap(gap) => gaps.push((gap.from, gap.to, gap.is_tail)),
            }
        }
        (ids, gaps)
    }

    #[test]
    fn records_are_read_one_after_the_other() {
        let bytes = [record("a"), record("b"), record("c")].concat();
        assert_eq!(
            read(&bytes),
            (vec!["a".into(), "b".into(), "c".into()], vec![])
        );
    }

    #[test]
    fn a_tail_torn_at_any_byte_is_one_gap_at_the_end() {
        let first = record("a");
        let bytes = [first.clone(), record("b")].concat();
        for length in first.len() + 1..bytes.len() {
            let (ids, gaps) = read(&bytes[..length]);
            assert_eq!(ids, ["a"], "cut at {length}");
            assert_eq!(
                gaps,
                [(first.len() as u64, length as u64, true)],
                "cut at {length}"
            );
        }
    }

    #[test]
    fn a_flipped_byte_costs_one_record_and_never_those_after_it() {
        let (first, second) = (record("a"), record("b"));
        let clean = [first.clone(), second.clone(), record("c")].concat();
        // Bytes 4 to 9 of a gzip head are time, level and system: nothing depends on them.
        for position in (0..4).chain(10..second.len()) {
            let mut bytes = clean.clone();
            bytes[first.len() + position] ^= 0x10;
            let (ids, gaps) = read(&bytes);
            let end = (first.len() + second.len()) as u64;
            let survived = ids == ["a", "b", "c"] && gaps.is_empty();
            let lost_one = ids == ["a", "c"] && gaps == [(first.len() as u64, end, false)];
            assert!(survived || lost_one, "{position}: {ids:?} {gaps:?}");
            assert!(lost_one || position == 3, "{position} was not noticed");
        }
    }

    #[test]
    fn a_tail_of_zeros_is_a_gap() {
        let first = record("a");
        let bytes = [first.clone(), vec![0; 5_000]].concat();
        let length = first.len() as u64;
        assert_eq!(
            read(&bytes),
            (vec!["a".into()], vec![(length, length + 5_000, true)])
        );
    }

    #[test]
    fn a_record_that_lies_about_its_length_is_damage() {
        for (length, block) in [
            ("9", "abc"),
            ("2", "abc"),
            ("x", "abc"),
            ("18446744073709551615", "abc"),
        ] {
            let text = format!("WARC/1.1\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n");
            assert!(split_record(text.into_bytes()).is_err(), "{length}");
        }
    }
}
