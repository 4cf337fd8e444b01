//! Captures on disk: WARC files and a catalog that can be rebuilt from them.
