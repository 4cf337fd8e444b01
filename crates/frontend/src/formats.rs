//! The same resolution in other formats, asked for by a suffix of its address.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use http::header;
use laendersache_model::Work;
use serde::Serialize;

use crate::{
    citation::Citation,
    context::{Context, file_address},
    page_error::{Link, PageError},
};

/// A format beside the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// All that is known, for programs.
    Json,
    /// Citation for reference managers.
    Ris,
    /// Citation for LaTeX.
    Bibtex,
    /// Citation for citation processors.
    CslJson,
    /// The text alone.
    Text,
    /// The original file.
    Pdf,
}

/// Longer suffixes stand before those they end with.
const SUFFIXES: [(&str, Format); 6] = [
    (".csl.json", Format::CslJson),
    (".json", Format::Json),
    (".ris", Format::Ris),
    (".bib", Format::Bibtex),
    (".txt", Format::Text),
    (".pdf", Format::Pdf),
];

impl Format {
    /// Returns the suffix with its point.
    #[must_use]
    pub fn suffix(self) -> &'static str {
        SUFFIXES
            .iter()
            .find(|row| row.1 == self)
            .map_or("", |row| row.0)
    }
}

/// Cuts the suffix of a format from an address.
#[must_use]
pub fn split_suffix(address: &str) -> (&str, Option<Format>) {
    for (suffix, format) in SUFFIXES {
        if let Some(plain) = address.strip_suffix(suffix) {
            return (plain, Some(format));
        }
    }
    (address, None)
}

/// Returns an address without the suffix of a format.
#[must_use]
pub fn without_suffix(address: &str) -> &str {
    split_suffix(address).0
}

/// Returns links to the other formats of a work.
#[must_use]
pub fn links(work: &Work) -> Vec<Link> {
    let mut links: Vec<Link> = [
        (Format::Ris, "RIS"),
        (Format::Bibtex, "BibTeX"),
        (Format::CslJson, "CSL-JSON"),
        (Format::Json, "JSON"),
        (Format::Text, "Text"),
    ]
    .map(|(format, name)| Link::new(format!("/{}{}", work.id, format.suffix()), name))
    .to_vec();
    if work.current().sources.iter().any(|source| source.pdf) {
        links.push(Link::new(format!("/{}.pdf", work.id), "Original-PDF"));
    }
    links
}

/// Answers in a format other than the original file.
///
/// # Errors
/// If the JSON cannot be built.
pub fn response<J: Serialize>(
    format: Format,
    citation: &Citation,
    json: impl FnOnce() -> J,
) -> Result<Response, PageError> {
    let (content_type, body) = match format {
        Format::Json => {
            return Ok(([(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")], Json(json())).into_response());
        }
        Format::CslJson => (
            "application/vnd.citationstyles.csl+json",
            citation.csl_json()?,
        ),
        Format::Ris => (
            "application/x-research-info-systems; charset=utf-8",
            citation.ris(),
        ),
        Format::Bibtex => ("application/x-bibtex; charset=utf-8", citation.bibtex()),
        Format::Text | Format::Pdf => ("text/plain; charset=utf-8", citation.plain_text()),
    };
    let ending = format.suffix();
    let disposition = format!("inline; filename=\"{}{ending}\"", citation.file_name());
    let headers = [
        (header::CONTENT_TYPE, content_type.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    Ok((headers, body).into_response())
}

/// Sends to the original file that carries the current wording.
///
/// # Errors
/// If no PDF does.
pub fn original(context: &Context, work: &Work) -> Result<Response, PageError> {
    let sources = &work.current().sources;
    let Some(source) = sources.iter().find(|source| source.pdf) else {
        return Err(PageError::NotFound {
            sentence: "Dieser Beschluss wurde nicht aus einer PDF-Datei gelesen.".to_owned(),
            links: vec![Link::new(
                format!("/{}", work.id),
                context.meeting_name(&work.id.meeting),
            )],
        });
    };
    // The file may change with a new wording, so the redirect is a temporary one.
    let location = [(header::LOCATION, file_address(source))];
    Ok((http::StatusCode::FOUND, location).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffixes_are_cut_and_labels_with_points_stay_whole() {
        for (address, plain, format) in [
            ("intmk/13/top/2.7", "intmk/13/top/2.7", None),
            (
                "intmk/13/top/2.7.json",
                "intmk/13/top/2.7",
                Some(Format::Json),
            ),
            (
                "intmk/13/top/2.7.csl.json",
                "intmk/13/top/2.7",
                Some(Format::CslJson),
            ),
            (
                "intmk/13/top/2.7.ris",
                "intmk/13/top/2.7",
                Some(Format::Ris),
            ),
            ("intmk/13/top/2.7.html", "intmk/13/top/2.7.html", None),
        ] {
            assert_eq!(split_suffix(address), (plain, format));
        }
    }
}
