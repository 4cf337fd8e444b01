//! Journeys through exactly what the user calls; the tests stand in `main.rs`.
