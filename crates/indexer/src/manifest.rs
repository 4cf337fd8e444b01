//! The manifest of a generation: what it was built from and what its files must look like.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::schema::FORMAT;

pub(crate) const FILE_NAME: &str = "manifest.json";

/// Size and BLAKE3 digest of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// Size in bytes.
    pub size_bytes: u64,
    /// BLAKE3 digest in hexadecimal digits.
    pub blake3: String,
}

/// What a generation was built from and consists of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Layout of the index.
    pub format: u32,
    /// Counted up with each generation; the highest is the newest.
    pub sequence: u64,
    /// Number of documents.
    pub documents: u64,
    /// Bytes of text that can be searched.
    pub text_bytes: u64,
    /// Version of the analysis.
    pub analyzer_version: String,
    /// Revision of the corpus.
    pub corpus_revision: String,
    /// When the build began.
    pub built_at: Timestamp,
    /// Every file of the generation but the manifest.
    pub files: BTreeMap<String, Seal>,
    /// BLAKE3 digest of the manifest with this field empty.
    pub seal: String,
}

impl Manifest {
    /// Returns the bytes of all files.
    #[must_use]
    pub fn size_bytes(&self) -> u64 {
        self.files.values().map(|seal| seal.size_bytes).sum()
    }

    pub(crate) fn write(mut self, dir: &Path) -> Result<Self, Error> {
        self.seal = self.computed_seal();
        let path = dir.join(FILE_NAME);
        let json = serde_json::to_vec_pretty(&self).map_err(std::io::Error::from);
        let json = json.map_err(Error::io("serialise", &path))?;
        fs::write(&path, json).map_err(Error::io("write", &path))?;
        Ok(self)
    }

    /// Reads a manifest and checks its own seal and its format, but not the files.
    pub(crate) fn read(dir: &Path) -> Result<Self, String> {
        let text =
            fs::read(dir.join(FILE_NAME)).map_err(|error| format!("no manifest: {error}"))?;
        let manifest: Self = serde_json::from_slice(&text)
            .map_err(|error| format!("the manifest cannot be read: {error}"))?;
        if manifest.seal != manifest.computed_seal() {
            return Err("the manifest was changed".to_owned());
        }
        if manifest.format != FORMAT {
            return Err(format!(
                "format {}, this program reads {FORMAT}",
                manifest.format
            ));
        }
        Ok(manifest)
    }

    /// Reads every file again and compares it with its seal.
    pub(crate) fn verify_files(&self, dir: &Path) -> Result<(), String> {
        for (name, expected) in &self.files {
            let found = seal(&dir.join(name)).map_err(|error| format!("`{name}`: {error}"))?;
            if found != *expected {
                return Err(format!("`{name}` was changed"));
            }
        }
        Ok(())
    }

    fn computed_seal(&self) -> String {
        let unsealed = Self {
            seal: String::new(),
            ..self.clone()
        };
        let json = serde_json::to_vec(&unsealed).expect("a manifest has only string keys");
        blake3::hash(&json).to_hex().to_string()
    }
}

/// Seals all files of a directory but the manifest and the engine's lock files.
pub(crate) fn seal_files(dir: &Path) -> Result<BTreeMap<String, Seal>, Error> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(dir).map_err(Error::io("read", dir))? {
        let entry = entry.map_err(Error::io("read", dir))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name == FILE_NAME || name.ends_with(".lock") {
            continue;
        }
        let path = entry.path();
        let seal = seal(&path).map_err(Error::io("read", &path))?;
        files.insert(name, seal);
    }
    Ok(files)
}

fn seal(path: &Path) -> std::io::Result<Seal> {
    let file = File::open(path)?;
    let size_bytes = file.metadata()?.len();
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(file)?;
    Ok(Seal {
        size_bytes,
        blake3: hasher.finalize().to_hex().to_string(),
    })
}
