//! Two words that together name a property of resolutions: "Antragsteller Bremen", "Bayern Protokollerklärung".

use laendersache_indexer::{Key, codes};
use laendersache_model::Land;

/// Returns the key that two neighbouring words name, or `None` if they are just words.
pub(super) fn pair(first: &str, second: &str) -> Option<(Key, String)> {
    if first.to_lowercase() == "nicht" && second.to_lowercase() == "einstimmig" {
        return Some((Key::Vote, "majority".to_owned()));
    }
    let named = |role: &str, land: &str| {
        let key = role_key(role)?;
        let land = Land::from_name(land.trim_matches([',', '.', ':']))?;
        Some((key, codes::land_word(land)))
    };
    named(first, second).or_else(|| named(second, first))
}

fn role_key(word: &str) -> Option<Key> {
    let word = word.trim_matches([',', '.', ':']).to_lowercase();
    match word.as_str() {
        "antragsteller" | "antragstellerin" | "antragsteller*in" => Some(Key::Applicant),
        "vorsitz" | "vorsitzland" => Some(Key::Chair),
        "protokollerklärung"
        | "protokollerklärungen"
        | "protokollerklaerung"
        | "protokollnotiz" => Some(Key::Statement),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_and_a_land_are_a_property_in_both_orders() {
        let check = |first, second, key, value: &str| {
            assert_eq!(
                pair(first, second),
                Some((key, value.to_owned())),
                "{first} {second}"
            );
        };
        check("Antragsteller", "Bremen", Key::Applicant, "hb");
        check("Antragsteller:", "HB", Key::Applicant, "hb");
        check("Bayern", "Protokollerklärung", Key::Statement, "by");
        check("Protokollnotiz", "Bayerns", Key::Statement, "by");
        check("Vorsitz", "Nordrhein-Westfalen", Key::Chair, "nw");
        check("nicht", "einstimmig", Key::Vote, "majority");
    }

    #[test]
    fn other_neighbours_are_just_words() {
        for (first, second) in [
            ("Bayern", "Sachsen"),
            ("Vorsitz", "2018"),
            ("einstimmig", "nicht"),
            ("", ""),
        ] {
            assert_eq!(pair(first, second), None, "{first} {second}");
        }
    }
}
