//! Writing so that it survives a power cut: contents first, then the names that point to them.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use crate::Error;

/// Makes sure that a file's or directory's content is on the disk.
pub(crate) fn sync(path: &Path) -> Result<(), Error> {
    let file = File::open(path).map_err(Error::io("open", path))?;
    file.sync_all().map_err(Error::io("sync", path))
}

/// Makes sure that all files directly in a directory, and the directory itself, are on the disk.
pub(crate) fn sync_directory(dir: &Path) -> Result<(), Error> {
    for entry in fs::read_dir(dir).map_err(Error::io("read", dir))? {
        sync(&entry.map_err(Error::io("read", dir))?.path())?;
    }
    sync(dir)
}

/// Replaces a file by one rename, so that readers see the old or the new content and nothing between.
pub(crate) fn replace_file(path: &Path, content: &[u8]) -> Result<(), Error> {
    let temporary = path.with_extension("tmp");
    let mut file = File::create(&temporary).map_err(Error::io("create", &temporary))?;
    file.write_all(content)
        .map_err(Error::io("write", &temporary))?;
    file.sync_all().map_err(Error::io("sync", &temporary))?;
    rename(&temporary, path)
}

/// Renames a file or directory and makes sure that the new name is on the disk.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<(), Error> {
    fs::rename(from, to).map_err(Error::io("rename", from))?;
    to.parent().map_or(Ok(()), sync)
}
