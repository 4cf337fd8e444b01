//! Known items: straight to the thing that is named, or said that it is not held.

use super::{ids, search};
use crate::KnownItem;

#[test]
fn a_named_resolution_is_the_only_hit() {
    for query in [
        "13. IntMK TOP 2.7",
        "IntMK 2018 TOP 2.7",
        "intmk/13/top/2.7",
        "TOP 2.7 der 13. IntMK",
    ] {
        let results = search(query);
        assert_eq!(ids(&results), ["intmk/13/top/2.7"], "{query}");
        let expected = KnownItem::Resolution {
            id: "intmk/13/top/2.7".to_owned(),
            held: true,
        };
        assert_eq!(results.interpretation.known_item, Some(expected), "{query}");
    }
}

#[test]
fn a_resolution_that_is_not_held_is_said_to_be_so() {
    let results = search("13. IntMK TOP 7.7");
    let expected = KnownItem::Resolution {
        id: "intmk/13/top/7.7".to_owned(),
        held: false,
    };
    assert_eq!(results.interpretation.known_item, Some(expected));
    assert!(!results.interpretation.readings.is_empty());
}

#[test]
fn a_meeting_gives_all_its_resolutions_in_the_order_of_its_agenda() {
    let results = search("13. IntMK");
    assert_eq!(
        ids(&results),
        ["intmk/13/top/2.7", "intmk/13/top/2.9", "intmk/13/top/2.10"]
    );
    let id = "intmk/13".parse().expect("a valid id");
    assert_eq!(
        results.interpretation.known_item,
        Some(KnownItem::Meeting { id, resolutions: 3 })
    );
}

#[test]
fn a_meeting_without_resolutions_is_known_all_the_same() {
    let results = search("11. IntMK");
    let id = "intmk/11".parse().expect("a valid id");
    assert_eq!(
        results.interpretation.known_item,
        Some(KnownItem::Meeting { id, resolutions: 0 })
    );
}

#[test]
fn a_year_of_a_conference_gives_its_meeting() {
    assert_eq!(search("IntMK 2019").total, 2);
    assert_eq!(ids(&search("IntMK 2020")), ["intmk/2020/umlauf/4"]);
    assert_eq!(ids(&search("GMK 2025")), ["gmk/98/top/5.1"]);
}

#[test]
fn every_day_of_a_meeting_names_it() {
    for query in [
        "Beschluss vom 16. März 2018",
        "Beschluss vom 15. März 2018",
        "15.03.2018",
    ] {
        let results = search(query);
        assert_eq!(results.total, 3, "{query}");
        let id = "intmk/13".parse().expect("a valid id");
        assert_eq!(
            results.interpretation.known_item,
            Some(KnownItem::Meeting { id, resolutions: 3 })
        );
    }
}

#[test]
fn a_day_without_a_meeting_is_an_ordinary_query() {
    let results = search("Beschluss vom 1. Januar 1990");
    assert_eq!(results.interpretation.known_item, None);
}

#[test]
fn a_circulation_resolution_is_found_by_its_number() {
    assert_eq!(
        ids(&search("IntMK Umlaufbeschluss 4/2020")),
        ["intmk/2020/umlauf/4"]
    );
}
