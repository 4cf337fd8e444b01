//! What people type to hits.
