//! Journeys through exactly what the user calls; the tests themselves stand in `main.rs`.
