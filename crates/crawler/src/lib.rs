//! URL to capture: the only crate with the network.
