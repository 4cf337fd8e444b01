//! The one binary, one verb per stage.
