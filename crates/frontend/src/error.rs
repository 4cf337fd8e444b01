//! What can go wrong before and while the server runs; what goes wrong with one page is a `PageError`.

/// An error of the frontend.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The corpus cannot be opened.
    #[error("the corpus cannot be read")]
    Corpus(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The index cannot be exchanged.
    #[error("the index cannot be reloaded")]
    Index(#[source] laendersache_searcher::Error),
    /// The listening socket failed.
    #[error("the server cannot accept connections")]
    Accept(#[source] std::io::Error),
}
