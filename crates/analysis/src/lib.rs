//! German text to terms, pure.
