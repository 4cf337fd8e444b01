//! What can keep a captured file from becoming a document.

use url::Url;

/// A file that cannot be read at all; everything less is a warning of the document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The file is neither a web page nor a PDF file.
    #[error("cannot read `{url}`: neither HTML nor PDF but `{content_type}`")]
    UnsupportedType {
        /// Where the file came from.
        url: Url,
        /// The content type the server named, or what the bytes look like.
        content_type: String,
    },
    /// The file is larger than what is read.
    #[error("cannot read `{url}`: {size_bytes} bytes are more than the limit of {limit_bytes}")]
    TooLarge {
        /// Where the file came from.
        url: Url,
        /// Its size.
        size_bytes: u64,
        /// The largest size that is read.
        limit_bytes: u64,
    },
    /// The elements of a web page are nested too deeply.
    #[error("cannot read `{url}`: elements are nested more than {limit} deep")]
    TooDeep {
        /// Where the page came from.
        url: Url,
        /// The deepest nesting that is read.
        limit: usize,
    },
    /// The PDF file asks for a password.
    #[error("cannot read `{url}`: the PDF file is encrypted and asks for a password")]
    EncryptedPdf {
        /// Where the file came from.
        url: Url,
    },
    /// The PDF file is damaged beyond repair.
    #[error("cannot read `{url}`: the PDF file is damaged ({what})")]
    DamagedPdf {
        /// Where the file came from.
        url: Url,
        /// What is wrong with it.
        what: String,
    },
    /// The PDF file has more pages than are read.
    #[error("cannot read `{url}`: {pages} pages are more than the limit of {limit}")]
    TooManyPages {
        /// Where the file came from.
        url: Url,
        /// Its number of pages.
        pages: usize,
        /// The largest number of pages that is read.
        limit: usize,
    },
}
