//! The embedded conference files, and how an operator's files override them.

use super::*;
use jiff::civil::date;

#[test]
fn the_embedded_files_are_valid() {
    let conferences = Conferences::embedded();
    assert_eq!(conferences.iter().count(), EMBEDDED.len());
    assert!(
        conferences
            .get("intmk")
            .is_some_and(|intmk| intmk.meetings.len() >= 21)
    );
}

#[test]
fn the_chair_follows_the_switch_of_2020() {
    let conferences = Conferences::embedded();
    let intmk = conferences.get("intmk").expect("intmk is embedded");
    for (day, land) in [
        (date(2018, 3, 15), Land::By),
        (date(2018, 10, 1), Land::Be),
        (date(2019, 10, 1), Land::Bb),
        (date(2020, 6, 30), Land::Bb),
        (date(2020, 7, 1), Land::Hb),
        (date(2026, 6, 30), Land::Nw),
        (date(2026, 11, 22), Land::Rp),
    ] {
        assert_eq!(intmk.chair_on(day), Some(land), "{day}");
    }
    assert_eq!(intmk.chair_on(date(1990, 1, 1)), None);
}

#[test]
fn a_file_replaces_what_it_names_and_leaves_the_rest() {
    let mut conferences = Conferences::embedded();
    let text = "slug = 'intmk'\n[[sites]]\nid = 'mine'\nrole = 'copy'\nname = 'Mine'\nhosts = ['a.example']\nseeds = ['http://a.example/']\n";
    conferences.add_file("mine.toml", text).expect("valid");
    let intmk = conferences.get("intmk").expect("still there");
    assert_eq!(intmk.sites.len(), 1);
    assert_eq!(intmk.short, "IntMK");
    assert!(intmk.meetings.len() >= 21);
}

#[test]
fn a_faulty_file_changes_nothing_and_is_named() {
    let mut conferences = Conferences::embedded();
    let before = conferences.clone();
    let error = conferences
        .add_file("mine.toml", "slug = 3")
        .expect_err("no conference");
    assert!(error.to_string().contains("mine.toml"));
    assert_eq!(conferences, before);
}

fn known(slug: &str) -> Conference {
    let conferences = Conferences::embedded();
    conferences.get(slug).expect("an embedded file").clone()
}

#[test]
fn every_conference_says_how_it_decides_publishes_and_rotates() {
    for conference in Conferences::embedded().iter() {
        let slug = &conference.slug;
        let rotation = conference.rotation.as_ref().expect(slug);
        let rules = conference.rules.as_ref().expect(slug);
        for text in [
            &rotation.text,
            &rotation.source,
            &rules.text,
            &rules.source,
            &conference.publication,
            &conference.remark,
        ] {
            assert!(!text.is_empty(), "{slug}");
        }
        assert!(!conference.sites.is_empty(), "{slug}");
        for term in &conference.chairs {
            assert!(!term.source.is_empty(), "{slug}");
        }
    }
}

#[test]
fn a_site_is_named_once_and_its_seeds_lie_on_its_hosts() {
    let conferences = Conferences::embedded();
    let mut ids = BTreeSet::new();
    for site in conferences.iter().flat_map(|conference| &conference.sites) {
        assert!(ids.insert(site.id.clone()), "{} twice", site.id);
        assert!(!site.remark.is_empty(), "{}", site.id);
        for seed in &site.seeds {
            let host = seed.host_str().expect("a seed has a host");
            assert!(site.hosts.iter().any(|own| own == host), "{seed}");
        }
    }
}

#[test]
fn only_the_permanent_sites_that_were_seen_are_crawled() {
    let conferences = Conferences::embedded();
    let enabled: Vec<_> = conferences
        .iter()
        .flat_map(|conference| &conference.sites)
        .filter(|site| site.enabled)
        .collect();
    let ids: Vec<_> = enabled.iter().map(|site| site.id.0.as_str()).collect();
    assert_eq!(ids, ["gmk-gmkonline", "intmk-zentral"]);
    for site in enabled {
        let rules = [site.hosts.len(), site.follow.len(), site.document.len()];
        assert!(!rules.contains(&0) && !site.seeds.is_empty(), "{}", site.id);
    }
}

#[test]
fn the_forecast_of_the_intmk_is_the_alphabetical_one() {
    let intmk = known("intmk");
    for (year, land) in [
        (2024, Land::Ni),
        (2025, Land::Nw),
        (2026, Land::Rp),
        (2027, Land::Sl),
        (2028, Land::Sn),
    ] {
        let expected = Forecast {
            land,
            from: date(year, 7, 1),
            to: date(year + 1, 6, 30),
        };
        assert_eq!(intmk.forecast(date(year, 6, 30)), Some(expected));
        assert_eq!(intmk.forecast(date(year - 1, 7, 1)), Some(expected));
    }
    assert_eq!(intmk.forecast(date(2007, 1, 1)), None);
}

#[test]
fn the_number_of_an_intmk_gives_its_chair() {
    // chair(n) = (n - 12) mod 16 from the 4th conference on; the 15th was cancelled but had a chair.
    for meeting in &known("intmk").meetings {
        let crate::MeetingNumber::Ordinal(number @ 4..) = meeting.id.number else {
            continue;
        };
        let place = usize::from(number + 4) % Land::ALL.len();
        assert_eq!(meeting.chair, Some(Land::ALL[place]), "{}", meeting.id);
    }
}

#[test]
fn what_can_be_computed_agrees_with_every_known_term() {
    let mut computable = Vec::new();
    for conference in Conferences::embedded().iter() {
        let rotation = conference.rotation.as_ref().expect("checked above");
        if rotation.term_on(date(2026, 11, 22)).is_some() {
            computable.push(conference.slug.clone());
        }
        for known in &conference.chairs {
            let (Some(from), Some(to)) = (known.from, known.to) else {
                continue;
            };
            let land = known.land;
            let expected = Forecast { land, from, to };
            if let Some(term) = rotation.term_on(from) {
                assert_eq!(term, expected, "{}", conference.slug);
            }
        }
    }
    assert_eq!(
        computable,
        [
            "amk", "bmk", "emk", "gfmk", "imk", "intmk", "jfmk", "umk", "vsmk"
        ]
    );
}

#[test]
fn the_next_chairs_follow_from_the_rotation() {
    for (slug, land, from) in [
        ("amk", Land::He, date(2028, 1, 1)),
        ("bmk", Land::Bb, date(2028, 1, 1)),
        ("emk", Land::Be, date(2027, 7, 1)),
        ("gfmk", Land::Th, date(2033, 1, 1)),
        ("imk", Land::He, date(2027, 1, 1)),
        ("umk", Land::St, date(2027, 1, 1)),
        ("vsmk", Land::Hb, date(2027, 1, 1)),
    ] {
        let next = known(slug).forecast(from.yesterday().expect("a day"));
        assert_eq!(
            next.map(|term| (term.land, term.from)),
            Some((land, from)),
            "{slug}"
        );
    }
}

#[test]
fn what_is_not_known_stays_unknown() {
    for slug in ["asmk", "gmk", "jumiko", "kmk", "smk", "vmk", "wmk"] {
        assert_eq!(known(slug).forecast(date(2026, 11, 22)), None, "{slug}");
    }
    for (slug, bund_votes) in [
        ("umk", Some(true)),
        ("amk", Some(true)),
        ("vsmk", Some(true)),
        ("imk", Some(false)),
        ("asmk", None),
        ("emk", None),
        ("bmk", None),
    ] {
        let rules = known(slug).rules.expect("checked above");
        assert_eq!(rules.bund_votes, bund_votes, "{slug}");
    }
    let asmk = known("asmk");
    assert_eq!((asmk.home, asmk.list), (None, None));
}

#[test]
fn a_known_term_against_the_rotation_ends_the_forecast() {
    for (land, from, to) in [
        (Land::Th, date(2026, 7, 1), date(2027, 6, 30)),
        (Land::Th, date(2027, 7, 1), date(2028, 6, 30)),
    ] {
        let mut intmk = known("intmk");
        intmk.chairs.push(ChairTerm {
            land,
            from: Some(from),
            to: Some(to),
            source: String::new(),
        });
        assert_eq!(intmk.forecast(date(2026, 11, 22)), None, "{from}");
    }
}

#[test]
fn a_site_of_another_conference_cannot_be_taken() {
    let mut conferences = Conferences::embedded();
    let before = conferences.clone();
    let text = "slug = 'gmk'\n[[sites]]\nid = 'intmk-zentral'\nrole = 'copy'\nname = 'x'\nhosts = []\nseeds = []\n";
    let error = conferences
        .add_file("mine.toml", text)
        .expect_err("taken already");
    assert!(error.to_string().contains("`intmk-zentral`"), "{error}");
    assert_eq!(conferences, before);
}

#[test]
fn an_unknown_field_is_refused() {
    let mut conferences = Conferences::default();
    for line in [
        "hom = 'https://a.example/'",
        "[rules]\ntext = ''\nvotes = 13",
    ] {
        let text = format!("slug = 'x'\nshort = 'X'\nname = 'X'\n{line}\n");
        assert!(conferences.add_file("x.toml", &text).is_err(), "{line}");
    }
}

#[test]
fn an_override_keeps_rotation_and_rules() {
    let mut conferences = Conferences::embedded();
    conferences
        .add_file("mine.toml", "slug = 'emk'\nshort = 'E'\n")
        .expect("valid");
    let (mine, emk) = (conferences.get("emk").expect("there"), known("emk"));
    assert_eq!(mine.short, "E");
    assert_eq!(
        (&mine.rotation, &mine.rules, &mine.home),
        (&emk.rotation, &emk.rules, &emk.home)
    );
}
