//! Tells pages that only say that there is nothing, although their status is 200.

use crate::link_finder::FoundLinks;

/// Words in the title, or on a page that says little else, by which a site says that a page is missing.
const NOT_FOUND: [&str; 12] = [
    "nicht gefunden",
    "not found",
    "fehler 404",
    "404 fehler",
    "error 404",
    "404 error",
    "404 -",
    "nicht vorhanden",
    "existiert nicht",
    "nicht mehr verfügbar",
    "nicht verfügbar",
    "konnte nicht geladen werden",
];

/// Words by which dealers offer a domain.
const FOR_SALE: [&str; 9] = [
    "domain steht zum verkauf",
    "domain ist zu verkaufen",
    "domain zu verkaufen",
    "domain kaufen",
    "domain is for sale",
    "buy this domain",
    "domain parking",
    "parked domain",
    "domain ist geparkt",
];

/// A page with more text than this has something else to say.
const LITTLE_TEXT_BYTES: usize = 700;

/// What a page says in place of its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Excuse {
    /// That there is nothing at this address.
    NotFound,
    /// That the domain is for sale.
    Parked,
}

/// Reads an excuse out of a page; `None` if it has content.
pub(crate) fn excuse(page: &FoundLinks) -> Option<Excuse> {
    let title = page.title.to_lowercase();
    let beginning = page.beginning.to_lowercase();
    let says_little = beginning.len() <= LITTLE_TEXT_BYTES;
    let says = |words: &[&str]| {
        words
            .iter()
            .any(|words| title.contains(words) || (says_little && beginning.contains(words)))
    };
    if says(&FOR_SALE) {
        return Some(Excuse::Parked);
    }
    (says(&NOT_FOUND) || title.trim() == "404").then_some(Excuse::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(title: &str, beginning: &str, expected: Option<Excuse>) {
        let page = FoundLinks {
            title: title.into(),
            beginning: beginning.into(),
            ..FoundLinks::default()
        };
        assert_eq!(excuse(&page), expected, "{title}: {beginning}");
    }

    #[test]
    fn a_page_that_says_it_is_not_there_is_an_excuse() {
        check(
            "Seite nicht gefunden - Ministerium",
            "",
            Some(Excuse::NotFound),
        );
        check("404", "", Some(Excuse::NotFound));
        check(
            "Ministerium",
            "Die gewünschte Seite existiert nicht.",
            Some(Excuse::NotFound),
        );
    }

    #[test]
    fn a_domain_for_sale_is_told_apart() {
        check(
            "intmk2019.example",
            "Diese Domain steht zum Verkauf",
            Some(Excuse::Parked),
        );
        check("Buy this domain", "not found", Some(Excuse::Parked));
    }

    #[test]
    fn a_long_page_may_speak_of_what_is_not_found() {
        let long = "Unterlagen wurden nicht gefunden. ".to_owned()
            + &"Die Konferenz beschließt. ".repeat(40);
        check("TOP 4", &long, None);
        check("Beschlüsse", "TOP 1 Integrationskurse", None);
        check("", "", None);
    }
}
