//! The encoding of a web page: what the server, the page and the bytes themselves say.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use laendersache_model::Warning;

/// Browsers look for the declaration in this much of a page.
const DECLARED_WITHIN_BYTES: usize = 4096;

/// Decodes a page; a declaration that the bytes refute is passed over with a warning.
pub(super) fn decode(content_type: Option<&str>, bytes: &[u8]) -> (String, Option<Warning>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return (text.into_owned(), None);
    }
    let declared = content_type
        .and_then(charset)
        .or_else(|| declared_in_page(bytes));
    let encoding = actual(declared, bytes);
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let warning = declared
        .filter(|declared| *declared != encoding)
        .map(|declared| {
            let message = format!(
                "declared as {}, read as {}",
                declared.name(),
                encoding.name()
            );
            Warning::new("wrong_encoding", message, None)
        });
    (text.into_owned(), warning)
}

/// UTF-8 proves itself; single-byte encodings prove nothing, so there the declaration counts.
fn actual(declared: Option<&'static Encoding>, bytes: &[u8]) -> &'static Encoding {
    let ascii = bytes.is_ascii();
    let utf8 = std::str::from_utf8(bytes).is_ok();
    match declared {
        Some(encoding) if ascii => encoding,
        Some(_) | None if utf8 => UTF_8,
        Some(encoding) if encoding != UTF_8 => encoding,
        Some(_) if mostly_utf8(bytes) => UTF_8,
        _ => detected(bytes),
    }
}

/// One damaged character must not turn a whole page of UTF-8 into another encoding.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let wrong = text.matches('\u{fffd}').count();
    let right = text.chars().filter(|c| !c.is_ascii()).count() - wrong;
    right > 2 * wrong
}

fn detected(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"de"), Utf8Detection::Deny);
    if guess.is_single_byte() {
        guess
    } else {
        WINDOWS_1252
    }
}

/// The encoding that `charset=` names in a header or a declaration.
fn charset(text: &str) -> Option<&'static Encoding> {
    let lower = text.to_ascii_lowercase();
    let start = lower.find("charset")? + "charset".len();
    let value = lower[start..].trim_start().strip_prefix('=')?.trim_start();
    let value = value.trim_start_matches(['"', '\'']);
    let end = value
        .find(|c: char| "\"'; />".contains(c))
        .unwrap_or(value.len());
    Encoding::for_label(&value.as_bytes()[..end])
}

fn declared_in_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARED_WITHIN_BYTES)];
    let head: String = head.iter().map(|&byte| char::from(byte)).collect();
    let mut rest = head.as_str();
    while let Some(start) = rest.to_ascii_lowercase().find("<meta") {
        let end = rest[start..]
            .find('>')
            .map_or(rest.len(), |end| start + end);
        // UTF-16 in a declaration that was read byte by byte is a lie; browsers take UTF-8 then.
        let found = charset(&rest[start..end]).map(Encoding::output_encoding);
        if found.is_some() {
            return found;
        }
        rest = &rest[end..];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(content_type: Option<&str>, bytes: &[u8], expected: &str, warned: usize) {
        let (text, warning) = decode(content_type, bytes);
        assert!(text.contains(expected), "{text}");
        assert_eq!(warning.iter().count(), warned, "{warning:?}");
    }

    #[test]
    fn the_declared_encoding_is_used() {
        let windows = b"Beschl\xfcsse \x96 L\xe4nder";
        check(
            Some("text/html; charset=ISO-8859-1"),
            windows,
            "Beschlüsse – Länder",
            0,
        );
        let page =
            b"<META http-equiv=Content-Type content='text/html; charset=windows-1252'>M\xfcnchen";
        check(None, page, "München", 0);
        check(Some("text/html"), page, "München", 0);
        check(None, "<meta charset=utf-8>Länder".as_bytes(), "Länder", 0);
    }

    #[test]
    fn a_byte_order_mark_wins() {
        check(
            Some("text/html; charset=latin1"),
            "\u{feff}Länder".as_bytes(),
            "Länder",
            0,
        );
    }

    #[test]
    fn a_wrong_declaration_is_passed_over() {
        check(
            Some("text/html; charset=utf-8"),
            b"Beschl\xfcsse der L\xe4nder",
            "Beschlüsse",
            1,
        );
        check(
            Some("text/html; charset=latin1"),
            "Beschlüsse".as_bytes(),
            "Beschlüsse",
            1,
        );
    }

    #[test]
    fn an_undeclared_encoding_is_detected() {
        check(
            None,
            b"Die L\xe4nder beschlie\xdfen f\xfcr sich",
            "Die Länder beschließen",
            0,
        );
        check(None, "Länder".as_bytes(), "Länder", 0);
    }

    #[test]
    fn one_damaged_character_leaves_the_rest_readable() {
        let mut bytes = "Länder für Übergänge".as_bytes().to_vec();
        bytes.push(0xfc);
        check(
            Some("text/html; charset=utf-8"),
            &bytes,
            "Länder für Übergänge",
            0,
        );
    }
}
