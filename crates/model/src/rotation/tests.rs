//! What can be computed from a rotation, and what must not be.

use jiff::civil::date;

use super::*;

fn rotation(rules: &str) -> Rotation {
    toml::from_str(&format!("text = 'x'\n{rules}")).expect("a valid rotation")
}

const TWO_YEARS: &str = "[[rules]]\nchange = '01-01'\nyears = 2\norder = ['HB', 'BW', 'SL']\nfirst_land = 'BW'\nfirst_year = 2001";

#[test]
fn terms_of_several_years_in_an_own_order_come_round_again() {
    let rotation = rotation(TWO_YEARS);
    for (day, land, from, to) in [
        (date(2001, 1, 1), Land::Bw, 2001, 2002),
        (date(2002, 12, 31), Land::Bw, 2001, 2002),
        (date(2003, 1, 1), Land::Sl, 2003, 2004),
        (date(2006, 6, 1), Land::Hb, 2005, 2006),
        (date(2007, 6, 1), Land::Bw, 2007, 2008),
    ] {
        let (from, to) = (date(from, 1, 1), date(to, 12, 31));
        assert_eq!(
            rotation.term_on(day),
            Some(Forecast { land, from, to }),
            "{day}"
        );
    }
}

#[test]
fn nothing_is_computed_before_the_first_term() {
    assert_eq!(rotation(TWO_YEARS).term_on(date(2000, 12, 31)), None);
    assert_eq!(rotation("").term_on(date(2020, 1, 1)), None);
}

#[test]
fn a_rule_that_lacks_anything_computes_nothing() {
    let lines: Vec<&str> = TWO_YEARS.lines().skip(1).collect();
    for missing in 0..lines.len() {
        let mut rest = lines.clone();
        rest.remove(missing);
        let rules = format!("[[rules]]\n{}", rest.join("\n"));
        assert_eq!(rotation(&rules).term_on(date(2005, 1, 1)), None, "{rules}");
    }
}

#[test]
fn a_first_land_outside_the_order_computes_nothing() {
    let rules = TWO_YEARS.replace("first_land = 'BW'", "first_land = 'TH'");
    assert_eq!(rotation(&rules).term_on(date(2005, 1, 1)), None);
}

#[test]
fn a_later_rule_cuts_the_last_term_of_the_earlier_one() {
    let later = "[[rules]]\nchange = '07-01'\nyears = 1\norder = 'alphabetical'\nfirst_land = 'TH'\nfirst_year = 2004";
    let rotation = rotation(&format!("{TWO_YEARS}\n{later}"));
    let land_and_end = |day| rotation.term_on(day).map(|term| (term.land, term.to));
    assert_eq!(
        land_and_end(date(2004, 6, 30)),
        Some((Land::Sl, date(2004, 6, 30)))
    );
    assert_eq!(
        land_and_end(date(2004, 7, 1)),
        Some((Land::Th, date(2005, 6, 30)))
    );
    assert_eq!(
        land_and_end(date(2005, 7, 1)),
        Some((Land::Bw, date(2006, 6, 30)))
    );
}

#[test]
fn a_later_rule_of_unknown_beginning_hides_the_earlier_one() {
    let rotation = rotation(&format!("{TWO_YEARS}\n[[rules]]\nyears = 1"));
    assert_eq!(rotation.term_on(date(2005, 1, 1)), None);
}

#[test]
fn days_at_the_end_of_the_calendar_do_no_harm() {
    let rotation = rotation(TWO_YEARS);
    assert_eq!(rotation.term_on(date(9999, 12, 31)), None);
    assert_eq!(rotation.term_on(date(-9999, 1, 1)), None);
}

#[test]
fn only_days_of_every_year_and_lengths_of_terms_are_read() {
    for wrong in [
        "change = '02-29'",
        "change = '13-01'",
        "change = '1. Juli'",
        "years = 0",
        "order = 'backwards'",
        "order = ['XX']",
        "since = 2001",
    ] {
        let text = format!("text = 'x'\n[[rules]]\n{wrong}");
        assert!(toml::from_str::<Rotation>(&text).is_err(), "{wrong}");
    }
    assert_eq!(
        "07-01".parse::<DayOfYear>().map(String::from),
        Ok("07-01".to_owned())
    );
}
