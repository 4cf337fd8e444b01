//! The letters of a text: one form for each, no ligatures, no long s, no misread encodings.

use unicode_normalization::UnicodeNormalization;

/// UTF-8 that was read as Windows-1252, for the letters of German texts.
const MISREAD: [(&str, &str); 16] = [
    ("Ã¤", "ä"),
    ("Ã¶", "ö"),
    ("Ã¼", "ü"),
    ("Ã„", "Ä"),
    ("Ã–", "Ö"),
    ("Ãœ", "Ü"),
    ("ÃŸ", "ß"),
    ("Ã©", "é"),
    ("â€ž", "„"),
    ("â€œ", "“"),
    ("â€\u{9d}", "”"),
    ("â€“", "–"),
    ("â€™", "’"),
    ("â€¦", "…"),
    ("Â§", "§"),
    ("Â\u{a0}", " "),
];

/// Brings a text into the form in which everything is stored.
///
/// NFC, ligatures and the long s in plain letters, all kinds of spaces as one, no invisible characters.
/// Other compatibility characters (², ½, №) stay: unfolding them would change what is said.
pub(super) fn normalise(text: &str) -> String {
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return text.to_owned();
    }
    let mut result = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            'ſ' => result.push('s'),
            '\u{fb00}'..='\u{fb06}' => result.extend(std::iter::once(letter).nfkc()),
            '\u{f6c3}'
            | '\u{feff}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' => {}
            '\u{2011}' | '\u{2010}' => result.push('-'),
            '\u{2028}' | '\u{2029}' => result.push('\n'),
            letter if letter.is_whitespace() && letter != '\n' => result.push(' '),
            letter if letter.is_control() && letter != '\n' => {}
            letter => result.push(letter),
        }
    }
    without_misreadings(result.nfc().collect())
}

/// Undoes the double encoding that copied pages carry, and the `¿` that stood for a dash.
fn without_misreadings(mut text: String) -> String {
    if text.contains(['Ã', 'â', 'Â']) {
        for (wrong, right) in MISREAD {
            if text.contains(wrong) {
                text = text.replace(wrong, right);
            }
        }
    }
    if !text.contains('¿') || text.contains('?') {
        return text;
    }
    // Spanish questions would have a second mark; what is left was a hyphen before a word.
    text.replace(" ¿", " -")
}

/// Squeezes all white space, line breaks included, to single spaces.
pub(super) fn squeeze(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !result.is_empty() {
            result.push(' ');
        }
        result.push_str(word);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            assert_eq!(&normalise(text), expected, "{text:?}");
        }
    }

    #[test]
    fn ligatures_and_long_s_become_plain_letters() {
        check(&[
            ("ﬁndet Oﬃzier", "findet Offizier"),
            ("Internetauſtritt", "Internetaustritt"),
        ]);
    }

    #[test]
    fn umlauts_of_two_characters_become_one() {
        check(&[("La\u{308}nder", "Länder"), ("Buß", "Buß")]);
    }

    #[test]
    fn misread_encodings_are_undone() {
        check(&[
            ("LÃ¤nder â€žfÃ¼râ€œ Â§ 24", "Länder „für“ § 24"),
            ("Senatorinnen und ¿senatoren", "Senatorinnen und -senatoren"),
            ("¿Qué?", "¿Qué?"),
        ]);
    }

    #[test]
    fn invisible_characters_vanish_and_spaces_are_spaces() {
        check(&[
            ("a\u{200b}b\u{a0}c\u{2009}d\u{7}", "ab c d"),
            ("m² und ½", "m² und ½"),
        ]);
    }

    #[test]
    fn white_space_is_squeezed() {
        assert_eq!(squeeze("  a \n b\tc "), "a b c");
    }
}
