//! Appends records to WARC files and begins a new file when one is full.

use std::{
    fs::{self, File, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
};

use jiff::Timestamp;

use crate::{
    error::{Error, io_error},
    record::{self, RecordHead},
};

const FILE_PREFIX: &str = "laendersache-";
const FILE_SUFFIX: &str = ".warc.gz";

/// Where a record begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) file: String,
    pub(crate) offset: u64,
}

/// Returns the names of the WARC files in the order in which they were begun.
pub(crate) fn warc_files(dir: &Path) -> Result<Vec<String>, Error> {
    let mut names = Vec::new();
    for entry in fs::read_dir(dir).map_err(io_error(dir))? {
        let entry = entry.map_err(io_error(dir))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(serial) = serial_of(&name) {
            names.push((serial, name));
        }
    }
    names.sort();
    Ok(names.into_iter().map(|(_, name)| name).collect())
}

fn serial_of(name: &str) -> Option<u64> {
    let stem = name.strip_prefix(FILE_PREFIX)?.strip_suffix(FILE_SUFFIX)?;
    stem.rsplit_once('-')?.1.parse().ok()
}

/// The file that is being written to, and the rule when to begin the next.
#[derive(Debug)]
pub(crate) struct WarcWriter {
    dir: PathBuf,
    max_file_bytes: u64,
    next_serial: u64,
    current: Option<CurrentFile>,
}

#[derive(Debug)]
struct CurrentFile {
    file: File,
    name: String,
    length: u64,
}

impl WarcWriter {
    /// Goes on with the newest file of the directory; its torn tail must have been cut off before.
    pub(crate) fn open(dir: &Path, max_file_bytes: u64) -> Result<Self, Error> {
        let newest = warc_files(dir)?.pop();
        let mut writer = Self {
            dir: dir.to_owned(),
            max_file_bytes,
            next_serial: newest.as_deref().and_then(serial_of).unwrap_or(0) + 1,
            current: None,
        };
        let Some(name) = newest else {
            return Ok(writer);
        };
        let path = dir.join(&name);
        let file = OpenOptions::new()
            .append(true)
            .open(&path)
            .map_err(io_error(&path))?;
        let length = file.metadata().map_err(io_error(&path))?.len();
        // An empty file lost even its first record; a new one begins with what it must begin with.
        if length > 0 {
            writer.current = Some(CurrentFile { file, name, length });
        }
        Ok(writer)
    }

    /// Returns where the next record will begin, in a new file if the current one is full.
    pub(crate) fn place(&mut self, now: Timestamp) -> Result<Place, Error> {
        let full = self
            .current
            .as_ref()
            .is_none_or(|current| current.length >= self.max_file_bytes);
        if full {
            self.begin_file(now)?;
        }
        let current = self.current.as_ref().expect("a file was just begun");
        Ok(Place {
            file: current.name.clone(),
            offset: current.length,
        })
    }

    fn begin_file(&mut self, now: Timestamp) -> Result<(), Error> {
        self.sync()?;
        let name = format!(
            "{FILE_PREFIX}{}-{:05}{FILE_SUFFIX}",
            now.strftime("%Y%m%d%H%M%S"),
            self.next_serial
        );
        let path = self.dir.join(&name);
        let mut file = OpenOptions::new()
            .append(true)
            .create_new(true)
            .open(&path)
            .map_err(io_error(&path))?;
        self.next_serial += 1;
        let first_record = warcinfo_record(&name, now);
        file.write_all(&first_record)
            .and_then(|()| file.sync_all())
            .map_err(io_error(&path))?;
        sync_dir(&self.dir)?;
        self.current = Some(CurrentFile {
            file,
            name,
            length: first_record.len() as u64,
        });
        Ok(())
    }

    /// Appends the bytes of whole records and returns the place after them.
    ///
    /// After a failure the file is cut back to its former length, so that no half record stays.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<Place, Error> {
        let current = self.current.as_mut().expect("a place was asked for before");
        if let Err(source) = current.file.write_all(bytes) {
            let path = self.dir.join(&current.name);
            current
                .file
                .set_len(current.length)
                .map_err(io_error(&path))?;
            return Err(Error::Io { path, source });
        }
        current.length += bytes.len() as u64;
        Ok(Place {
            file: current.name.clone(),
            offset: current.length,
        })
    }

    /// Waits until all that was written is on the disk.
    pub(crate) fn sync(&mut self) -> Result<(), Error> {
        match &self.current {
            Some(current) => current
                .file
                .sync_data()
                .map_err(io_error(self.dir.join(&current.name))),
            None => Ok(()),
        }
    }
}

/// Waits until the names in a directory are on the disk.
pub(crate) fn sync_dir(dir: &Path) -> Result<(), Error> {
    File::open(dir)
        .and_then(|handle| handle.sync_all())
        .map_err(io_error(dir))
}

fn warcinfo_record(name: &str, now: Timestamp) -> Vec<u8> {
    let head = RecordHead::new("warcinfo", &record::record_id(name, 0, "warcinfo"))
        .with("WARC-Date", &now.to_string())
        .with("WARC-Filename", name)
        .with("Content-Type", "application/warc-fields");
    let block = format!(
        "software: laendersache/{}\r\nformat: WARC File Format 1.1\r\n\
         conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n\
         robots: obey\r\n",
        env!("CARGO_PKG_VERSION")
    );
    record::record_bytes(&head, &[block.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a timestamp")
    }

    #[test]
    fn a_full_file_is_followed_by_the_next_in_order_even_if_the_clock_goes_back() {
        let dir = tempfile::tempdir().unwrap();
        let mut writer = WarcWriter::open(dir.path(), 1).unwrap();
        let first = writer.place(at("2026-11-22T10:00:00Z")).unwrap();
        writer.write(b"x").unwrap();
        let second = writer.place(at("2025-01-01T00:00:00Z")).unwrap();
        assert_eq!(first.file, "laendersache-20261122100000-00001.warc.gz");
        assert_eq!(second.file, "laendersache-20250101000000-00002.warc.gz");
        assert_eq!(warc_files(dir.path()).unwrap(), [first.file, second.file]);
    }

    #[test]
    fn a_reopened_writer_goes_on_where_the_file_ends() {
        let dir = tempfile::tempdir().unwrap();
        let now = at("2026-11-22T10:00:00Z");
        let mut writer = WarcWriter::open(dir.path(), 1_000_000).unwrap();
        writer.place(now).unwrap();
        let end = writer.write(b"record").unwrap();
        drop(writer);
        let next = WarcWriter::open(dir.path(), 1_000_000)
            .unwrap()
            .place(now)
            .unwrap();
        assert_eq!(next, end);
    }

    #[test]
    fn an_empty_newest_file_is_left_behind() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(
            dir.path().join("laendersache-20260101000000-00007.warc.gz"),
            b"",
        )
        .unwrap();
        let mut writer = WarcWriter::open(dir.path(), 1_000).unwrap();
        let place = writer.place(at("2026-11-22T10:00:00Z")).unwrap();
        assert_eq!(place.file, "laendersache-20261122100000-00008.warc.gz");
    }

    #[test]
    fn other_files_are_not_taken_for_warc_files() {
        let dir = tempfile::tempdir().unwrap();
        for name in [
            "lock",
            "laendersache-.warc.gz",
            "laendersache-1-x.warc.gz",
            "a-1.warc.gz",
        ] {
            fs::write(dir.path().join(name), b"").unwrap();
        }
        assert!(warc_files(dir.path()).unwrap().is_empty());
    }
}
