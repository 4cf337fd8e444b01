//! What names a known item, and what is an ordinary query.

use jiff::civil::Date;
use laendersache_model::{Conferences, ResolutionId, TopLabel};

use super::names::{Named, Names, YearOf};

fn named(query: &str) -> Option<Named> {
    Names::new(Conferences::embedded()).named(query)
}

fn id(text: &str) -> ResolutionId {
    text.parse().expect("a valid id")
}

#[test]
fn a_meeting_and_a_top_name_a_resolution() {
    let expected = Some(Named::Resolution(id("intmk/18/top/5.2")));
    for query in [
        "18. IntMK TOP 5.2",
        "18. intmk top 5.2",
        "18.IntMK, TOP 5.2",
        "TOP 5.2 der 18. IntMK",
        "TOP 5.2, 18. IntMK",
        "18. Integrationsministerkonferenz TOP 5.2",
        "18. Integrationsminister*innenkonferenz TOP 5.2",
        "intmk/18/top/5.2",
        "/intmk/18/top/5.2/",
    ] {
        assert_eq!(named(query), expected, "{query}");
    }
}

#[test]
fn labels_with_letters_and_signs_are_read() {
    assert_eq!(
        named("13. IntMK TOP 2.9b"),
        Some(Named::Resolution(id("intmk/13/top/2.9b")))
    );
    assert_eq!(
        named("16. IntMK TOP A3"),
        Some(Named::Resolution(id("intmk/16/top/a3")))
    );
    assert_eq!(
        named("98. GMK TOP 5.1."),
        Some(Named::Resolution(id("gmk/98/top/5.1")))
    );
}

#[test]
fn a_number_or_a_year_names_a_meeting() {
    let year = |label| {
        let conference = "intmk".to_owned();
        Some(Named::Year(YearOf {
            conference,
            year: 2018,
            label,
        }))
    };
    let meeting = |text: &str| Some(Named::Meeting(text.parse().expect("a valid id")));
    assert_eq!(named("13. IntMK"), meeting("intmk/13"));
    assert_eq!(named("13. IntMK 2018"), meeting("intmk/13"));
    assert_eq!(named("die 13. IntMK"), meeting("intmk/13"));
    assert_eq!(named("intmk/13"), meeting("intmk/13"));
    assert_eq!(named("intmk/2020/umlauf"), meeting("intmk/2020/umlauf"));
    assert_eq!(named("IntMK 2018"), year(None));
    let top = TopLabel("2.7".to_owned());
    assert_eq!(named("IntMK 2018 TOP 2.7"), year(Some(top)));
}

#[test]
fn a_circulation_resolution_is_named_by_year_and_number() {
    let expected = Some(Named::Resolution(id("intmk/2020/umlauf/4")));
    for query in [
        "IntMK 2020 Umlauf 4",
        "IntMK 2020 Umlaufbeschluss 4",
        "IntMK Umlaufbeschluss 4/2020",
        "Umlaufbeschluss 4/2020",
        "intmk/2020/umlauf/4",
    ] {
        assert_eq!(named(query), expected, "{query}");
    }
}

#[test]
fn a_day_is_named_in_several_ways() {
    let expected = Some(Named::Day(Date::constant(2018, 3, 16)));
    for query in [
        "Beschluss vom 16. März 2018",
        "Beschlüsse vom 16. März 2018",
        "Beschluß vom 16.03.2018",
        "16.3.2018",
        "vom 16. Maerz 2018",
        "16. mär 2018",
        "2018-03-16",
    ] {
        assert_eq!(named(query), expected, "{query}");
    }
}

#[test]
fn ordinary_queries_name_nothing() {
    for query in [
        "",
        "Sprachkurs",
        "IntMK",
        "TOP 2.7",
        "13. IntMK Sprachkurs",
        "18. XYZ TOP 5.2",
        "Beschluss vom 31. Februar 2018",
        "Beschluss vom 16. Foo 2018",
        "2018",
        "16. März",
        "99999999. IntMK",
    ] {
        assert_eq!(named(query), None, "{query}");
    }
}
