//! Opening an archive directory: the lock of the one writer, the catalog, and what a crash left behind.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
};

use crate::{
    catalog::Catalog,
    error::{Error, io_error},
    recovery::{self, Repair},
};

const LOCK_FILE: &str = "lock";
const CATALOG_FILE: &str = "catalog.sqlite";

/// Returns where the catalog of an archive lies.
pub(crate) fn catalog_path(dir: &Path) -> PathBuf {
    dir.join(CATALOG_FILE)
}

/// Takes the lock of the one writer; it is given back when the file is closed.
pub(crate) fn lock(dir: &Path) -> Result<File, Error> {
    let path = dir.join(LOCK_FILE);
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(io_error(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::LockHeld {
            dir: dir.to_owned(),
        }),
        Err(TryLockError::Error(source)) => Err(Error::Io { path, source }),
    }
}

/// Opens the catalog; one that is no database any more is thrown away, since all of it can be made again.
pub(crate) fn open_catalog(dir: &Path) -> Result<(Catalog, Option<Repair>), Error> {
    let path = catalog_path(dir);
    let error = match Catalog::open(&path).and_then(|catalog| catalog.counts().map(|_| catalog)) {
        Ok(catalog) => return Ok((catalog, None)),
        Err(error) => error,
    };
    let Error::Catalog { source } = &error else {
        return Err(error);
    };
    let unreadable = matches!(
        source.sqlite_error_code(),
        Some(rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::DatabaseCorrupt)
    );
    if !unreadable {
        return Err(error);
    }
    for suffix in ["", "-wal", "-shm"] {
        let path = PathBuf::from(format!("{}{suffix}", path.display()));
        if path.exists() {
            fs::remove_file(&path).map_err(io_error(&path))?;
        }
    }
    let reason = source.to_string();
    Ok((
        Catalog::open(&path)?,
        Some(Repair::CatalogReplaced { reason }),
    ))
}

/// Reads all files into an emptied catalog; if that fails the old one stays.
pub(crate) fn rebuild(dir: &Path, catalog: &Catalog) -> Result<Vec<Repair>, Error> {
    catalog.begin()?;
    let read_again = catalog
        .clear()
        .and_then(|()| recovery::catch_up(dir, catalog));
    match read_again {
        Ok(repairs) => {
            catalog.commit()?;
            Ok(repairs)
        }
        Err(error) => {
            catalog.roll_back()?;
            Err(error)
        }
    }
}
