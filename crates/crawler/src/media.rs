//! What kind of thing an answer is, by its first bytes rather than by what the server says.

/// How many bytes are looked at.
pub(crate) const SNIFF_BYTES: usize = 1_024;

/// The kinds that the crawler treats differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Media {
    /// A page in which links can stand.
    Html,
    /// A PDF file.
    Pdf,
    /// A sitemap or feed.
    Xml,
    /// Anything else.
    Other,
}

impl Media {
    /// Tells whether links can stand in it.
    pub(crate) fn has_links(self) -> bool {
        matches!(self, Self::Html | Self::Xml)
    }
}

/// Tells whether bytes are packed with gzip: sitemaps may be, whatever their `Content-Type`.
pub(crate) fn is_packed(payload: &[u8]) -> bool {
    payload.starts_with(&[0x1f, 0x8b, 0x08])
}

/// Tells the kind from the beginning of the payload and, where that says nothing, from the `Content-Type`.
pub(crate) fn media(content_type: Option<&str>, payload: &[u8]) -> Media {
    let beginning = &payload[..payload.len().min(SNIFF_BYTES)];
    if contains(beginning, b"%PDF-") {
        return Media::Pdf;
    }
    let lower = beginning.trim_ascii_start().to_ascii_lowercase();
    let lower = lower.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&lower);
    if contains(lower, b"<!doctype html") || contains(lower, b"<html") || contains(lower, b"<head")
    {
        return Media::Html;
    }
    let stated = stated(content_type);
    // A page may begin with an XML declaration; only what is not called a page is XML.
    if lower.starts_with(b"<?xml") && stated != Media::Html {
        return Media::Xml;
    }
    if stated == Media::Pdf {
        return Media::Other;
    }
    stated
}

/// Tells the kind that a server states.
pub(crate) fn stated(content_type: Option<&str>) -> Media {
    let essence = content_type
        .and_then(|value| value.split(';').next())
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    match essence.as_str() {
        "text/html" | "application/xhtml+xml" => Media::Html,
        "application/pdf" | "application/x-pdf" => Media::Pdf,
        "text/xml" | "application/xml" | "application/rss+xml" | "application/atom+xml" => {
            Media::Xml
        }
        _ => Media::Other,
    }
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_are_believed_before_the_server() {
        for (content_type, payload, expected) in [
            (Some("text/html"), &b"%PDF-1.4 ..."[..], Media::Pdf),
            (
                Some("application/octet-stream"),
                b"\n\n%PDF-1.7",
                Media::Pdf,
            ),
            (
                Some("application/pdf"),
                b"<!DOCTYPE html><title>Fehler</title>",
                Media::Html,
            ),
            (Some("application/pdf"), b"PK\x03\x04", Media::Other),
            (None, b"\xef\xbb\xbf  <HTML lang=de>", Media::Html),
            (
                Some("text/plain"),
                b"<?xml version='1.0'?><urlset>",
                Media::Xml,
            ),
            (
                Some("text/html; charset=utf-8"),
                b"<?xml version='1.0'?><p>",
                Media::Html,
            ),
            (Some("TEXT/HTML"), b"<p>Hallo", Media::Html),
            (Some("image/png"), b"\x89PNG", Media::Other),
            (None, b"", Media::Other),
        ] {
            assert_eq!(media(content_type, payload), expected, "{content_type:?}");
        }
    }
}
