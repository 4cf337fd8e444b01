//! Facets: exact, and each without its own filter.

use laendersache_model::{Land, ResolutionKind};

use super::{filtered, ids, search};
use crate::{Filters, Results, VoteFilter};

/// The values of a facet as `value=count`.
fn facet(results: &Results, field: &str) -> String {
    let facet = results
        .facets
        .iter()
        .find(|facet| facet.field == field)
        .expect("every field is counted");
    let values = facet
        .values
        .iter()
        .map(|value| format!("{}={}", value.value, value.count));
    values.collect::<Vec<_>>().join(" ")
}

#[test]
fn every_field_is_counted() {
    let results = search("");
    assert_eq!(facet(&results, "conference"), "intmk=8 gmk=1");
    assert_eq!(
        facet(&results, "year"),
        "2018=3 2019=2 2020=1 2023=2 2025=1"
    );
    assert_eq!(facet(&results, "chair"), "by=3");
    assert_eq!(facet(&results, "vote"), "unknown=7 majority=1 unanimous=1");
    assert_eq!(facet(&results, "statement"), "by=1");
    assert_eq!(
        facet(&results, "kind"),
        "resolution=7 leitantrag=1 report=1"
    );
    assert_eq!(facet(&results, "addressee"), "BAMF=2 Bundesregierung=1");
    assert_eq!(facet(&results, "state"), "decided=8 noted=1");
    assert!(facet(&results, "applicant").starts_with("be=2 hb=2 bb=1"));
}

#[test]
fn facets_count_the_hits_of_the_query() {
    let results = search("Sprachkurse");
    assert_eq!(facet(&results, "year"), "2018=1 2019=1 2020=1");
    assert_eq!(facet(&results, "addressee"), "");
}

#[test]
fn a_facet_ignores_its_own_filter_and_no_other() {
    let filters = Filters {
        year_from: Some(2018),
        year_to: Some(2018),
        ..Filters::default()
    };
    let results = filtered("", filters);
    assert_eq!(results.total, 3);
    assert_eq!(
        facet(&results, "year"),
        "2018=3 2019=2 2020=1 2023=2 2025=1"
    );
    assert_eq!(facet(&results, "conference"), "intmk=3");

    let filters = Filters {
        year_from: Some(2018),
        year_to: Some(2018),
        vote: vec![VoteFilter::Unanimous],
        ..Filters::default()
    };
    let results = filtered("", filters);
    assert_eq!(ids(&results), ["intmk/13/top/2.7"]);
    assert_eq!(facet(&results, "year"), "2018=1");
    assert_eq!(facet(&results, "vote"), "majority=1 unanimous=1 unknown=1");
    assert_eq!(facet(&results, "kind"), "resolution=1");
}

#[test]
fn every_filter_narrows() {
    let check = |filters: Filters, expected: u64| {
        assert_eq!(filtered("", filters.clone()).total, expected, "{filters:?}");
    };
    let none = Filters::default;
    check(
        Filters {
            conference: vec!["GMK".to_owned()],
            ..none()
        },
        1,
    );
    check(
        Filters {
            conference: vec!["gmk".to_owned(), "intmk".to_owned()],
            ..none()
        },
        9,
    );
    check(
        Filters {
            conference: vec!["xyz".to_owned()],
            ..none()
        },
        0,
    );
    check(
        Filters {
            year_from: Some(2020),
            ..none()
        },
        4,
    );
    check(
        Filters {
            year_to: Some(2018),
            ..none()
        },
        3,
    );
    check(
        Filters {
            year_from: Some(2030),
            year_to: Some(2000),
            ..none()
        },
        0,
    );
    check(
        Filters {
            chair: vec![Land::By],
            ..none()
        },
        3,
    );
    check(
        Filters {
            chair: vec![Land::Th],
            ..none()
        },
        0,
    );
    check(
        Filters {
            applicant: vec![Land::Hb],
            ..none()
        },
        2,
    );
    check(
        Filters {
            applicant: vec![Land::Hb, Land::Th],
            ..none()
        },
        2,
    );
    check(
        Filters {
            statement: vec![Land::By],
            ..none()
        },
        1,
    );
    check(
        Filters {
            vote: vec![VoteFilter::Unknown],
            ..none()
        },
        7,
    );
    check(
        Filters {
            kind: vec![ResolutionKind::Report, ResolutionKind::Leitantrag],
            ..none()
        },
        2,
    );
    check(
        Filters {
            addressee: vec!["bamf".to_owned()],
            ..none()
        },
        2,
    );
    check(
        Filters {
            addressee: vec!["BAMF".to_owned()],
            applicant: vec![Land::Be],
            ..none()
        },
        1,
    );
}
