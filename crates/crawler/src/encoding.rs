//! In which encoding a page is written.

use encoding_rs::Encoding;

use crate::link_finder::PageBytes;

/// Where a page may say its own encoding.
const DECLARATION_BYTES: usize = 4_096;

/// By byte order mark, header, declaration; else UTF-8 if it is that, else what German pages were written in.
pub(crate) fn encoding_of(page: &PageBytes<'_>) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(page.bytes) {
        return encoding;
    }
    let stated = page.content_type.and_then(charset_of);
    let beginning = &page.bytes[..page.bytes.len().min(DECLARATION_BYTES)];
    let declared = || charset_of(&String::from_utf8_lossy(beginning));
    if let Some(encoding) = stated.or_else(declared) {
        return encoding;
    }
    if std::str::from_utf8(page.bytes).is_ok() {
        encoding_rs::UTF_8
    } else {
        encoding_rs::WINDOWS_1252
    }
}

fn charset_of(text: &str) -> Option<&'static Encoding> {
    let lower = text.to_ascii_lowercase();
    let (_, rest) = lower.split_once("charset")?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let label = rest.trim_start_matches(['"', '\'']);
    let end = label
        .find(|character: char| !character.is_ascii_alphanumeric() && !"-_:.".contains(character))
        .unwrap_or(label.len());
    Encoding::for_label(&label.as_bytes()[..end])
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;

    fn check(content_type: Option<&str>, bytes: &[u8], expected: &'static Encoding) {
        let base = Url::parse("http://a.example/").unwrap();
        let page = PageBytes {
            base: &base,
            content_type,
            bytes,
        };
        assert_eq!(encoding_of(&page), expected, "{content_type:?}");
    }

    #[test]
    fn the_mark_is_believed_before_the_header_and_the_header_before_the_page() {
        let declared = b"<meta charset='windows-1252'>";
        check(
            Some("text/html; charset=\"UTF-8\""),
            declared,
            encoding_rs::UTF_8,
        );
        check(Some("text/html"), declared, encoding_rs::WINDOWS_1252);
        let marked = [&b"\xef\xbb\xbf"[..], declared].concat();
        check(
            Some("text/html; charset=iso-8859-1"),
            &marked,
            encoding_rs::UTF_8,
        );
    }

    #[test]
    fn declarations_of_all_ages_are_read() {
        let old = b"<META http-equiv=Content-Type content=\"text/html; charset = iso-8859-15\">";
        check(None, old, encoding_rs::ISO_8859_15);
        check(
            Some("text/html;charset=nonsense"),
            b"<meta charset=utf-8>",
            encoding_rs::UTF_8,
        );
    }

    #[test]
    fn without_a_word_it_is_utf_8_or_what_was_usual() {
        check(None, "Köln".as_bytes(), encoding_rs::UTF_8);
        check(None, b"K\xf6ln", encoding_rs::WINDOWS_1252);
    }
}
