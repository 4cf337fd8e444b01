//! Gender forms: Bürger*innen, Migrant:innen, Schüler/innen, Migranten/-innen, MigrantInnen, Bürger(innen).
//!
//! All become the plain feminine word, whose stem is that of the masculine one; inside compounds too.

/// The signs that stand for "of any gender".
const MARKS: [char; 6] = ['*', ':', '_', '/', '·', '•'];
/// Before a gender mark stands at least a word of so many letters (`jede:r`, `Ärzt*innen`).
const SHORTEST: usize = 3;
/// Masculine endings that give way to the feminine one: Migrant(en)/-innen, Beamt(e)/-innen.
const GIVES_WAY: [&str; 2] = ["en", "e"];

/// Returns how many bytes the gender mark at the start of `rest` takes up to and including its ending;
/// 0 if there is none.
pub(crate) fn mark_length(before: &str, rest: &str) -> usize {
    mark(before, rest).map_or(0, |(length, _)| length)
}

/// Finds a gender mark: its length with the ending, and the ending that is spoken.
fn mark(before: &str, rest: &str) -> Option<(usize, &'static str)> {
    let last = before.chars().rev().take(SHORTEST);
    if last.filter(|character| character.is_alphabetic()).count() < SHORTEST {
        return None;
    }
    if let Some(inside) = rest.strip_prefix('(') {
        return in_brackets(inside);
    }
    let sign = rest.chars().next().filter(|sign| MARKS.contains(sign))?;
    let after = &rest[sign.len_utf8()..];
    let (hyphen, after) = match after.strip_prefix('-') {
        Some(after) if sign == '/' => (1, after),
        _ => (0, after),
    };
    let ending = feminine(after, sign).or_else(|| short_ending(after, sign))?;
    Some((sign.len_utf8() + hyphen + ending.0, ending.1))
}

fn in_brackets(inside: &str) -> Option<(usize, &'static str)> {
    let forms = [
        ("innen)", "innen"),
        ("inn)en", "innen"),
        ("in)", "in"),
        ("r)", ""),
    ];
    let found = forms.iter().find(|(form, _)| inside.starts_with(form))?;
    Some((found.0.len() + 1, found.1))
}

/// `innen` may go on as a compound; `in` must be the end of the word.
fn feminine(after: &str, sign: char) -> Option<(usize, &'static str)> {
    if let Some(rest) = after.strip_prefix("innen") {
        let ends = !rest.starts_with(char::is_alphanumeric);
        return (ends || sign != '/' && sign != ':')
            .then_some((5, "innen"))
            .or_else(|| rest.starts_with(char::is_lowercase).then_some((5, "innen")));
    }
    let rest = after.strip_prefix("in")?;
    (!rest.starts_with(char::is_alphanumeric)).then_some((2, "in"))
}

/// `jede:r`, `eine*n`: the ending is dropped.
fn short_ending(after: &str, sign: char) -> Option<(usize, &'static str)> {
    if sign == '/' {
        return None;
    }
    let ending = ["er", "r", "n", "e", "s", "m"].into_iter().find(|ending| {
        after
            .strip_prefix(ending)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })?;
    Some((ending.len(), ""))
}

/// A word without gender marks, and where the marked person ends if the word goes on after it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Plain {
    /// The word with plain feminine endings.
    pub text: String,
    /// Bytes of `text` at which a part after a marked person begins.
    pub seams: Vec<usize>,
}

/// Writes a word without its gender marks; `None` if it has none.
pub(crate) fn without_marks(word: &str) -> Option<Plain> {
    let mut plain = Plain::default();
    let mut position = 0;
    let mut copied = 0;
    while let Some(character) = word[position..].chars().next() {
        let found = mark(&word[..position], &word[position..])
            .or_else(|| inner_capital(&word[..position], &word[position..]));
        let Some((length, ending)) = found else {
            position += character.len_utf8();
            continue;
        };
        plain.text.push_str(&word[copied..position]);
        if character == '/' {
            give_way(&mut plain.text);
        }
        plain.text.push_str(ending);
        position += length;
        copied = position;
        if word[position..].starts_with(char::is_alphabetic) {
            plain.seams.push(plain.text.len());
        }
    }
    if copied == 0 {
        return None;
    }
    plain.text.push_str(&word[copied..]);
    Some(plain)
}

fn give_way(text: &mut String) {
    if let Some(ending) = GIVES_WAY.iter().find(|ending| text.ends_with(**ending)) {
        text.truncate(text.len() - ending.len());
    }
}

/// MigrantInnen, BürgerInnenrat, LehrerIn.
fn inner_capital(before: &str, rest: &str) -> Option<(usize, &'static str)> {
    if !rest.starts_with("In") || before.chars().take(SHORTEST).count() < SHORTEST {
        return None;
    }
    if !before.ends_with(char::is_lowercase) {
        return None;
    }
    if rest.starts_with("Innen") {
        return Some((5, "innen"));
    }
    (!rest[2..].starts_with(char::is_alphanumeric)).then_some((2, "in"))
}

#[cfg(test)]
mod tests {
    use super::without_marks;

    fn check(word: &str, expected: Option<&str>) {
        let plain = without_marks(word);
        assert_eq!(
            plain.map(|plain| plain.text).as_deref(),
            expected,
            "{word:?}"
        );
    }

    #[test]
    fn every_mark_becomes_the_feminine_word() {
        for word in [
            "Migrant*innen",
            "Migrant:innen",
            "Migrant_innen",
            "Migrant·innen",
            "Migrant/innen",
            "Migrant/-innen",
            "MigrantInnen",
            "Migrant(innen)",
            "Migranten/-innen",
            "Migranten/innen",
        ] {
            check(word, Some("Migrantinnen"));
        }
        check("Lehrer/-in", Some("Lehrerin"));
        check("Beamte/-innen", Some("Beamtinnen"));
        check("jede:r", Some("jede"));
    }

    #[test]
    fn the_seam_inside_a_compound_is_kept() {
        let plain = without_marks("Integrationsminister*innenkonferenz").expect("it has a mark");
        assert_eq!(plain.text, "Integrationsministerinnenkonferenz");
        assert_eq!(&plain.text[plain.seams[0]..], "konferenz");
        let plain = without_marks("BürgerInnenrat").expect("it has a mark");
        assert_eq!(&plain.text[plain.seams[0]..], "rat");
    }

    #[test]
    fn words_without_marks_stay() {
        for word in [
            "innen",
            "Bürgerinnen",
            "Bund-Länder",
            "ImIn",
            "USIn",
            "16:0:0",
        ] {
            check(word, None);
        }
    }
}
