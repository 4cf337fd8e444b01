//! Generations: complete indexes side by side under `generations/`, one of which `current` names.
//!
//! ```text
//! <dir>/current                       the name of the generation that serves
//! <dir>/generations/<name>/           the engine's files, vocabulary.fst, manifest.json
//! <dir>/generations/<name>.partial/   being built, or left by a build that was killed
//! ```

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use tantivy::{Index, IndexReader, ReloadPolicy};

use crate::manifest::Manifest;
use crate::schema::Fields;
use crate::{Error, durable, vocabulary};

/// How many generations are kept: the one that serves and the one before it.
const KEPT: usize = 2;

/// How many decompressed blocks of stored records the engine keeps per segment; a block holds 16 kB.
const STORE_CACHE_BLOCKS: usize = 64;

/// A complete index on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generation {
    /// Name of its directory.
    pub name: String,
    /// Its directory.
    pub path: PathBuf,
    /// What it was built from.
    pub manifest: Manifest,
}

impl Generation {
    fn at(path: &Path, name: &str) -> Result<Self, String> {
        let manifest = Manifest::read(path)?;
        Ok(Self {
            name: name.to_owned(),
            path: path.to_owned(),
            manifest,
        })
    }

    /// Returns the finite-state map of all words.
    #[must_use]
    pub fn vocabulary_path(&self) -> PathBuf {
        self.path.join(vocabulary::FILE_NAME)
    }
}

/// A generation whose files were verified, ready to be searched.
pub struct OpenedIndex {
    /// The generation.
    pub generation: Generation,
    /// The engine's reader; it never reloads by itself.
    pub reader: IndexReader,
    /// The fields of its schema.
    pub fields: Fields,
    /// Why the generation that `current` names could not be used, if this is another one.
    pub damage: Vec<String>,
}

pub(crate) fn generations_dir(dir: &Path) -> PathBuf {
    dir.join("generations")
}

/// Returns the name in `current`, or `None` if nothing was published yet.
#[must_use]
pub fn current_name(dir: &Path) -> Option<String> {
    let name = fs::read_to_string(dir.join("current")).ok()?;
    let name = name.trim();
    let plain = !name.is_empty()
        && !name.starts_with('.')
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || "-_.".contains(character));
    plain.then(|| name.to_owned())
}

/// Opens the generation that `current` names; if it is damaged, the newest other one that is whole.
///
/// # Errors
/// If no generation is whole.
pub fn open_current(dir: &Path) -> Result<OpenedIndex, Error> {
    let mut damage = Vec::new();
    for name in candidates(dir) {
        match open(dir, &name) {
            Ok((generation, reader, fields)) => {
                for line in &damage {
                    tracing::error!(index.dir = %dir.display(), "{line}; serving `{name}` instead");
                }
                return Ok(OpenedIndex {
                    generation,
                    reader,
                    fields,
                    damage,
                });
            }
            Err(what) => damage.push(format!("generation `{name}` cannot be used: {what}")),
        }
    }
    Err(Error::NoGeneration {
        dir: dir.to_owned(),
        damage,
    })
}

/// The name in `current`, then all other complete generations, newest first.
fn candidates(dir: &Path) -> Vec<String> {
    let current = current_name(dir);
    let mut names: Vec<String> = current.iter().cloned().collect();
    let others = list(dir)
        .into_iter()
        .filter(|generation| Some(&generation.name) != current.as_ref());
    names.extend(others.map(|generation| generation.name));
    names
}

/// Returns all generations with a readable manifest, newest first.
pub(crate) fn list(dir: &Path) -> Vec<Generation> {
    let Ok(entries) = fs::read_dir(generations_dir(dir)) else {
        return Vec::new();
    };
    let mut generations: Vec<Generation> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let partial = name.ends_with(PARTIAL);
            (!partial).then(|| Generation::at(&entry.path(), &name).ok())?
        })
        .collect();
    generations.sort_by(|left, right| {
        let newest_first = right.manifest.sequence.cmp(&left.manifest.sequence);
        newest_first.then_with(|| left.name.cmp(&right.name))
    });
    generations
}

pub(crate) const PARTIAL: &str = ".partial";

/// Verifies every file of a generation and opens it.
pub(crate) fn open(dir: &Path, name: &str) -> Result<(Generation, IndexReader, Fields), String> {
    let generation = verified(dir, name)?;
    let index = Index::open_in_dir(&generation.path).map_err(|error| error.to_string())?;
    let reader = index
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual)
        .doc_store_cache_num_blocks(STORE_CACHE_BLOCKS)
        .try_into()
        .map_err(|error: tantivy::TantivyError| error.to_string())?;
    let fields = Fields::of(&index.schema()).map_err(|error| error.to_string())?;
    let found = reader.searcher().num_docs();
    if found != generation.manifest.documents {
        let expected = generation.manifest.documents;
        return Err(format!("{found} documents instead of {expected}"));
    }
    Ok((generation, reader, fields))
}

/// Reads a generation's manifest and verifies every file against it.
pub(crate) fn verified(dir: &Path, name: &str) -> Result<Generation, String> {
    let generation = Generation::at(&generations_dir(dir).join(name), name)?;
    generation.manifest.verify_files(&generation.path)?;
    Ok(generation)
}

/// Takes the lock that keeps builds apart; the system releases it when the process ends, however it ends.
pub(crate) fn lock(dir: &Path) -> Result<File, Error> {
    let home = generations_dir(dir);
    fs::create_dir_all(&home).map_err(Error::io("create", &home))?;
    let path = home.join(".lock");
    let file = File::create(&path).map_err(Error::io("create", &path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Locked {
            dir: dir.to_owned(),
        }),
        Err(TryLockError::Error(source)) => Err(Error::io("lock", &path)(source)),
    }
}

/// Lets `current` name a generation. This is the one step by which readers see it.
pub(crate) fn publish(dir: &Path, name: &str) -> Result<(), Error> {
    durable::replace_file(&dir.join("current"), format!("{name}\n").as_bytes())
}

/// Removes all generations but the current one and the newest before it, and what killed builds left.
pub(crate) fn remove_old(dir: &Path) -> Result<(), Error> {
    let Some(current) = current_name(dir) else {
        return Ok(());
    };
    let mut keep = vec![current.clone()];
    keep.extend(
        list(dir)
            .into_iter()
            .map(|generation| generation.name)
            .filter(|name| *name != current),
    );
    keep.truncate(KEPT);
    remove_where(dir, &|name| !keep.iter().any(|kept| kept == name))
}

/// Removes what killed builds left.
pub(crate) fn remove_partial(dir: &Path) -> Result<(), Error> {
    remove_where(dir, &|name| name.ends_with(PARTIAL))
}

fn remove_where(dir: &Path, condition: &dyn Fn(&str) -> bool) -> Result<(), Error> {
    let home = generations_dir(dir);
    for entry in fs::read_dir(&home).map_err(Error::io("read", &home))? {
        let entry = entry.map_err(Error::io("read", &home))?;
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() && condition(&name.to_string_lossy()) {
            fs::remove_dir_all(&path).map_err(Error::io("remove", &path))?;
        }
    }
    Ok(())
}
