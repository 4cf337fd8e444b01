//! Bodies that a resolution asks to act.

use std::sync::LazyLock;

use regex::Regex;

/// Canonical name and the words that name the body, most specific first.
const BODIES: [(&str, &str); 17] = [
    ("Bundesregierung", r"Bundesregierung"),
    ("BAMF", r"Bundesamt(?:es)?\sfür\sMigration|BAMF\b"),
    (
        "BMI",
        r"Bundesminister(?:ium|iums|in|s)?\sdes\sInnern?|BMI\b",
    ),
    (
        "BMAS",
        r"Bundesminister(?:ium|iums|in|s)?\sfür\sArbeit|BMAS\b",
    ),
    (
        "BMFSFJ",
        r"Bundesminister(?:ium|iums|in|s)?\sfür\sFamilie|BMFSFJ\b",
    ),
    (
        "BMG",
        r"Bundesminister(?:ium|iums|in|s)?\sfür\sGesundheit|BMG\b",
    ),
    (
        "BMBF",
        r"Bundesminister(?:ium|iums|in|s)?\sfür\sBildung|BMBF\b",
    ),
    ("Bundesagentur für Arbeit", r"Bundesagentur\sfür\sArbeit"),
    ("Bundestag", r"(?:Deutschen?\s)?Bundestag(?:es|s)?\b"),
    (
        "Europäische Kommission",
        r"(?:EU-|Europäischen?\s)Kommission",
    ),
    ("Kultusministerkonferenz", r"Kultusministerkonferenz|KMK\b"),
    ("Innenministerkonferenz", r"Innenministerkonferenz|IMK\b"),
    (
        "Gesundheitsministerkonferenz",
        r"Gesundheitsministerkonferenz|GMK\b",
    ),
    ("Kommunen", r"Kommunen|Städten?\sund\sGemeinden"),
    ("Vorsitzland", r"Vorsitzland(?:es)?\b"),
    ("Arbeitsgruppe", r"Arbeitsgruppe|\bAG\b"),
    ("Bund", r"\bBund(?:es)?\b"),
];

/// A verb that asks, and the words up to the comma or full stop behind it.
static ASKED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:bittet|bitten|fordert|fordern|beauftragt|beauftragen|appelliert|ersucht|erwartet\svo[nm]|regt\sgegenüber)\s(?P<whom>[^,.;:]{3,160})|\b(?P<passive>[^,.;:]{3,120}?)\s(?:wird|werden)\s(?:gebeten|beauftragt|aufgefordert|ersucht)\b")
        .expect("a valid pattern")
});
static PATTERNS: LazyLock<Vec<(&'static str, Regex)>> = LazyLock::new(|| {
    let pattern = |words: &str| Regex::new(words).expect("a valid pattern");
    BODIES
        .iter()
        .map(|(name, words)| (*name, pattern(words)))
        .collect()
});

/// Returns the canonical names of the bodies a text asks to act, sorted, each once.
pub(super) fn addressees<'text>(paragraphs: impl Iterator<Item = &'text str>) -> Vec<String> {
    let mut names = Vec::new();
    for text in paragraphs {
        for captures in ASKED.captures_iter(text) {
            let Some(whom) = captures.name("whom").or_else(|| captures.name("passive")) else {
                continue;
            };
            let asked = PATTERNS
                .iter()
                .filter(|(_, pattern)| pattern.is_match(whom.as_str()));
            names.extend(asked.map(|(name, _)| (*name).to_owned()));
        }
    }
    names.sort();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(addressees(std::iter::once(text)), expected, "{text}");
    }

    #[test]
    fn bodies_that_are_asked_are_named() {
        check(
            "Sie bittet das Bundesamt für Migration und Flüchtlinge (BAMF), die Kurse zu prüfen.",
            &["BAMF"],
        );
        check(
            "Die IntMK fordert die Bundesregierung auf, mehr Mittel zu geben.",
            &["Bundesregierung"],
        );
        check(
            "Der Bund wird gebeten, die Förderung zu verstetigen.",
            &["Bund"],
        );
        check(
            "Sie bittet den Bund und die Kultusministerkonferenz, sich zu äußern.",
            &["Bund", "Kultusministerkonferenz"],
        );
    }

    #[test]
    fn bodies_that_are_only_mentioned_are_not() {
        check(
            "Sie dankt dem Bundesamt für Migration und Flüchtlinge. Bundesländer handeln selbst.",
            &[],
        );
        check("Sie bittet die Länder, dem Bund zu berichten.", &[]);
    }
}
