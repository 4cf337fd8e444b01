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
    let check = |expected: u64, choose: &dyn Fn(&mut Filters)| {
        let mut filters = Filters::default();
        choose(&mut filters);
        assert_eq!(filtered("", filters.clone()).total, expected, "{filters:?}");
    };
    let named = |names: &[&str]| {
        names
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>()
    };
    check(1, &|filters| filters.conference = named(&["GMK"]));
    check(9, &|filters| filters.conference = named(&["gmk", "intmk"]));
    check(0, &|filters| filters.conference = named(&["xyz"]));
    check(4, &|filters| filters.year_from = Some(2020));
    check(3, &|filters| filters.year_to = Some(2018));
    check(0, &|filters| {
        (filters.year_from, filters.year_to) = (Some(2030), Some(2000));
    });
    check(3, &|filters| filters.chair = vec![Land::By]);
    check(0, &|filters| filters.chair = vec![Land::Th]);
    check(2, &|filters| filters.applicant = vec![Land::Hb]);
    check(2, &|filters| filters.applicant = vec![Land::Hb, Land::Th]);
    check(1, &|filters| filters.statement = vec![Land::By]);
    check(7, &|filters| filters.vote = vec![VoteFilter::Unknown]);
    check(2, &|filters| {
        filters.kind = vec![ResolutionKind::Report, ResolutionKind::Leitantrag];
    });
    check(2, &|filters| filters.addressee = named(&["bamf"]));
    check(1, &|filters| {
        filters.addressee = named(&["BAMF"]);
        filters.applicant = vec![Land::Be];
    });
}
