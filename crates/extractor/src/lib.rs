//! Capture to document to resolution, pure.
