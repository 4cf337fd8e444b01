//! Finds the Länder that a passage names, by name, genitive or code.

use std::sync::LazyLock;

use laendersache_model::{Applicants, Land};
use regex::Regex;

/// Names before codes and longer names before shorter ones, so that "Sachsen-Anhalt" is not read as "Sachsen".
static LAND: LazyLock<Regex> = LazyLock::new(|| {
    let mut names: Vec<String> = Land::ALL
        .iter()
        .map(|land| format!("{}(?:es|s)?", regex::escape(land.name())))
        .collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let codes: Vec<&str> = Land::ALL.iter().map(|land| land.code()).collect();
    let pattern = format!(r"\b(?:{}|{}|NRW|RLP)\b", names.join("|"), codes.join("|"));
    Regex::new(&pattern).expect("the pattern is made of the names of the Länder")
});

/// "Alle Länder", "alle 16 Länder", "Länder gemeinsam".
static ALL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:alle(?:r|n)?\s+(?:(?:16|sechzehn)\s+)?länder|länder gemeinsam)\b")
        .expect("a valid pattern")
});

/// Returns the named Länder in printed order, each once.
pub(super) fn laender_in(text: &str) -> Vec<Land> {
    let mut laender = Vec::new();
    for found in LAND.find_iter(text) {
        // "Nord-Sachsen" and "Bayern-SPD" are other words.
        let compound = text[..found.start()].ends_with('-') || text[found.end()..].starts_with('-');
        let Some(land) = Land::from_name(found.as_str()) else {
            continue;
        };
        if !compound && !laender.contains(&land) {
            laender.push(land);
        }
    }
    laender
}

/// Reads a line of applicants: all Länder, or the named ones.
pub(super) fn applicants(raw: &str) -> Applicants {
    let raw = raw.trim();
    let all_laender = ALL.is_match(raw);
    Applicants {
        all_laender,
        laender: if all_laender {
            Vec::new()
        } else {
            laender_in(raw)
        },
        raw: (!raw.is_empty()).then(|| raw.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[Land]) {
        assert_eq!(laender_in(text), expected, "{text}");
    }

    #[test]
    fn names_genitives_and_codes_are_found_in_order() {
        check("Bayern, Hessen", &[Land::By, Land::He]);
        check(
            "Enthaltung von Hessen und dem Saarland",
            &[Land::He, Land::Sl],
        );
        check("Enthaltung Sachsens", &[Land::Sn]);
        check("des Saarlandes und Sachsen-Anhalts", &[Land::Sl, Land::St]);
        check("der Länder BW, BY und NW", &[Land::Bw, Land::By, Land::Nw]);
        check("NRW und RLP", &[Land::Nw, Land::Rp]);
    }

    #[test]
    fn longer_names_win_and_other_words_are_none() {
        check("Niedersachsen", &[Land::Ni]);
        check("Sachsen-Anhalt, Sachsen", &[Land::St, Land::Sn]);
        check("Nord-Sachsen und die Hessenschau, by the way", &[]);
        check("Mecklenburg-Vorpommern", &[Land::Mv]);
    }

    #[test]
    fn all_laender_are_not_listed_one_by_one() {
        assert!(applicants("alle Länder").all_laender);
        assert!(applicants("Alle Länder außer Bayern").all_laender);
        let some = applicants(" Bremen, Berlin ");
        assert_eq!(
            (some.all_laender, some.laender),
            (false, vec![Land::Hb, Land::Be])
        );
        assert_eq!(applicants("  ").raw, None);
    }
}
