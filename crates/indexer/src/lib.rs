//! Corpus to index: schema, build and generations.
