//! The files that carry a wording: where they were found, when, and how to prove it.

use laendersache_model::Source;

use crate::{
    context::{Context, file_address},
    pages::meeting::File,
    wording,
};

/// A file that carries the wording shown.
pub struct FileRow {
    /// The file.
    pub file: File,
    /// Where it was found.
    pub url: String,
    /// Who published it.
    pub site: String,
    /// SHA-256 of its bytes.
    pub digest: String,
    /// Its pages with this resolution.
    pub pages: Option<String>,
}

/// Builds the row of a source.
pub fn file_row(context: &Context, source: &Source) -> FileRow {
    let page = if source.pdf {
        format!("#page={}", source.page_from)
    } else {
        String::new()
    };
    FileRow {
        file: File {
            href: format!("{}{page}", file_address(source)),
            text: if source.pdf {
                "PDF im Archiv"
            } else {
                "Webseite im Archiv, als Text"
            }
            .to_owned(),
            origin: context.site_name(source),
            captured: wording::moment(source.first_captured),
        },
        url: source.url.to_string(),
        site: context.site_name(source),
        digest: source.digest.to_string(),
        pages: source
            .pdf
            .then(|| match (source.page_from, source.page_to) {
                (from, to) if from == to => format!("Seite {from}"),
                (from, to) => format!("Seiten {from}–{to}"),
            }),
    }
}
