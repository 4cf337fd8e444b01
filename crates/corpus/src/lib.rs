//! The extracted works in one SQLite file.
