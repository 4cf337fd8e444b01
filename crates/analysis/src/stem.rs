//! Stems: one text for all forms of a word.
//!
//! Snowball's German rules, corrected where they fail on this archive: listed forms first (`data/forms.toml`),
//! feminine and people's nouns (Lehrerin = Lehrer ≠ Lehre), third persons (stellt = stellen), -ium and -ieren.

use std::borrow::Cow;
use std::collections::HashMap;

use frostem::{Algorithm, Stemmer};
use serde::Deserialize;

use crate::compile::infinitive_of;
use crate::fold::fold;
use crate::lexicon::{Entry, Words};

pub(crate) static FORMS: &str = include_str!("../data/forms.toml");

/// Longer "words" are no words; their stem is themselves.
const LONGEST: usize = 80;
/// A name of people of this length is also recognised at the end of an unknown word.
const SAFE_AGENT: usize = 7;
/// Endings before `-in` that only names of people have.
const PEOPLE: [&str; 16] = [
    "ant", "ent", "ist", "at", "og", "or", "eur", "aerzt", "anwaelt", "eut", "amt", "freund",
    "taet", "ef", "ert", "erb",
];
/// Nouns that keep their `s`, which Snowball takes for a genitive.
const KEEP_S: [&str; 4] = ["kurs", "zins", "puls", "fels"];

#[derive(Deserialize)]
struct FormFile {
    forms: HashMap<String, String>,
}

/// Finds the stem of a simple word.
pub(crate) struct Stems {
    forms: HashMap<String, String>,
    snowball: Stemmer,
}

impl Stems {
    pub(crate) fn embedded() -> Self {
        let file: FormFile = toml::from_str(FORMS).expect("the committed list is read by a test");
        let mut forms = HashMap::new();
        for (stem, words) in file.forms {
            for word in words.split_whitespace() {
                forms.insert(fold(word), stem.clone());
            }
        }
        Self {
            forms,
            snowball: Stemmer::new(Algorithm::German),
        }
    }

    /// Returns the stem of a folded word that is no compound.
    pub(crate) fn stem<'a>(&'a self, word: &'a str, words: &impl Words) -> Cow<'a, str> {
        if let Some(stem) = self.forms.get(word) {
            return Cow::Borrowed(stem);
        }
        let has_letters = word.bytes().any(|byte| !byte.is_ascii_digit());
        if word.len() > LONGEST || word.len() < 3 || !has_letters {
            return Cow::Borrowed(word);
        }
        let word = masculine(word, words);
        if let Some(stem) = self.forms.get(&*word) {
            return Cow::Borrowed(stem);
        }
        if let Some(singular) = loan_plural(&word, words) {
            return Cow::Owned(self.by_rules(singular));
        }
        if let Some(agent) = agent(&word, words) {
            return Cow::Owned(agent.to_owned());
        }
        if let Some(noun) = noun_of_verb(&word, words) {
            return Cow::Owned(self.by_rules(&noun));
        }
        if let Some(infinitive) = infinitive(&word, words) {
            return Cow::Owned(self.by_rules(&infinitive));
        }
        Cow::Owned(self.by_rules(&word))
    }

    /// Tells whether an expert named the stem of a word; such a word is no compound.
    pub(crate) fn is_listed(&self, word: &str) -> bool {
        self.forms.contains_key(word)
    }

    fn by_rules(&self, word: &str) -> String {
        if KEEP_S.iter().any(|kept| word.ends_with(kept)) {
            return word.to_owned();
        }
        if let Some(stem) = word
            .strip_suffix("ium")
            .or_else(|| word.strip_suffix("iums"))
        {
            return without_umlauts(&format!("{stem}i"));
        }
        let mut stem = self.snowball.stem(word).into_owned();
        let verb = stem
            .strip_suffix("iert")
            .or_else(|| stem.strip_suffix("ier"));
        if let Some(verb) = verb.filter(|verb| verb.len() >= 4) {
            stem.truncate(verb.len() + 1);
        }
        stem
    }
}

/// Returns the name of people without the feminine ending, and any other word as it is.
fn masculine<'a>(word: &'a str, words: &impl Words) -> Cow<'a, str> {
    if let Some(base) = word.strip_suffix("innen").filter(|base| base.len() >= 3) {
        return with_second_er(base, words);
    }
    let Some(base) = word.strip_suffix("in").filter(|base| base.len() >= 4) else {
        return Cow::Borrowed(word);
    };
    let is_person = PEOPLE
        .iter()
        .any(|ending| base.len() > ending.len() && base.ends_with(ending));
    let is_listed = words
        .entry(word)
        .is_some_and(|entry| entry.is(Entry::AGENT));
    let base = with_second_er(base, words);
    if is_person || is_listed || agent(&base, words).is_some() {
        base
    } else {
        Cow::Borrowed(word)
    }
}

/// `Zuwanderin` is the feminine form of `Zuwanderer`: one `er` is lost before `in`.
fn with_second_er<'a>(base: &'a str, words: &impl Words) -> Cow<'a, str> {
    if base.ends_with("er") && agent(base, words).is_none() {
        let longer = format!("{base}er");
        if agent(&longer, words).is_some() {
            return Cow::Owned(longer);
        }
    }
    Cow::Borrowed(base)
}

/// Returns the base form of a name of people in `-er`.
fn agent<'a>(word: &'a str, words: &impl Words) -> Option<&'a str> {
    let base = word
        .strip_suffix('s')
        .or_else(|| word.strip_suffix('n'))
        .unwrap_or(word);
    if !base.ends_with("er") {
        return None;
    }
    let is_agent = |word: &str| {
        words
            .entry(word)
            .is_some_and(|entry| entry.is(Entry::AGENT))
    };
    let ends_in_agent = || {
        let starts = 1..base.len().saturating_sub(SAFE_AGENT - 1);
        starts
            .into_iter()
            .any(|start| base.get(start..).is_some_and(is_agent))
    };
    (is_agent(base) || ends_in_agent()).then_some(base)
}

/// Snowball takes the end off `erleichtern` and `vermittelt`, but not off Erleichterung and Vermittlung.
fn noun_of_verb(word: &str, words: &impl Words) -> Option<String> {
    let endings = ["n", "t", "te", "ten", "nd", "nde", "nden"];
    let verb = endings.iter().find_map(|ending| {
        word.strip_suffix(ending)
            .filter(|verb| verb.len() >= 5 && (verb.ends_with("er") || verb.ends_with("el")))
    })?;
    let noun = match verb.strip_suffix("el") {
        Some(verb) => format!("{verb}lung"),
        None => format!("{verb}ung"),
    };
    words.entry(&noun).map(|_| noun)
}

/// `stellt`, `stellte` and `beauftragte` are forms of the verb whose third person the lexicon has.
fn infinitive(word: &str, words: &impl Words) -> Option<String> {
    let third_person = ["", "e", "en", "er", "es", "em"]
        .iter()
        .find_map(|ending| {
            let verb = word.strip_suffix(ending)?;
            words
                .entry(verb)
                .is_some_and(|entry| entry.is(Entry::VERB))
                .then_some(verb)
        })?;
    infinitive_of(third_person)
}

/// Kitas, Büros, Videos: Snowball keeps an `s` after a vowel.
fn loan_plural<'a>(word: &'a str, words: &impl Words) -> Option<&'a str> {
    let singular = word
        .strip_suffix('s')
        .filter(|singular| singular.ends_with(['a', 'i', 'o', 'y']))?;
    words.entry(singular).map(|_| singular)
}

/// Umlauts, written with two letters, become plain vowels as in Snowball's stems.
fn without_umlauts(word: &str) -> String {
    word.replace("ae", "a")
        .replace("oe", "o")
        .replace("ue", "u")
}

#[cfg(test)]
mod tests {
    use super::Stems;
    use crate::fold::fold;
    use crate::lexicon::Lexicon;

    fn stem(word: &str) -> String {
        Stems::embedded()
            .stem(&fold(word), &Lexicon::embedded())
            .into_owned()
    }

    fn check_same(words: &str) {
        let stems: Vec<String> = words.split_whitespace().map(stem).collect();
        assert!(
            stems.windows(2).all(|pair| pair[0] == pair[1]),
            "{words}: {stems:?}"
        );
    }

    fn check_different(one: &str, other: &str) {
        assert_ne!(stem(one), stem(other), "{one} and {other}");
    }

    #[test]
    fn forms_of_a_noun_have_one_stem() {
        check_same("Beschluss Beschlusses Beschlüsse Beschlüssen Beschluß");
        check_same("Land Landes Länder Ländern");
        check_same("Kurs Kurse Kursen Kurses");
        check_same("Ministerium Ministeriums Ministerien");
        check_same("Zentrum Zentren");
        check_same("Kita Kitas");
        check_same("Büro Büros");
    }

    #[test]
    fn women_and_men_have_one_stem() {
        check_same("Bürger Bürgers Bürgern Bürgerin Bürgerinnen");
        check_same("Migrant Migranten Migrantin Migrantinnen");
        check_same("Arzt Ärzte Ärztin Ärztinnen");
        check_same("Anwalt Anwälte Anwältin Anwältinnen");
        check_same("Kollege Kolleginnen Kollegin");
        check_same("Beamte Beamtin Beamtinnen");
        check_same("Senator Senatoren Senatorinnen Senatorin");
    }

    #[test]
    fn people_are_not_what_they_do() {
        check_different("Schüler", "Schule");
        check_different("Arbeiter", "Arbeit");
        check_different("Ausländer", "Ausland");
        check_different("Bürger", "Burg");
    }

    #[test]
    fn verbs_have_one_stem() {
        check_same("begrüßen begrüßt");
        check_same("stellen stellt");
        check_same("integrieren integriert integrierte");
        check_same("beschließen beschließt beschlossen");
    }

    #[test]
    fn an_umlaut_that_makes_another_word_is_kept() {
        check_different("Förderung", "Forderung");
        check_different("Zählung", "Zahlung");
    }

    #[test]
    fn verbs_in_innen_are_no_women() {
        check_different("gewinnen", "gew");
        check_different("innen", "");
    }
}
