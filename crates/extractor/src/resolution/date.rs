//! Reads German dates and ranges of dates: "15./16. März 2018", "21. und 22. März 2012", "11./12.12.2014".

use std::{ops::Range, sync::LazyLock};

use jiff::civil::Date;
use regex::{Captures, Regex};

const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
];

/// A first day that may have its own month ("30. April bis 1. Mai 2019"), then the last day with month and year.
static DATES: LazyLock<Regex> = LazyLock::new(|| {
    let month = r"(?:Januar|Jänner|Februar|März|Maerz|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)";
    let range = r"(?:\s*(?:/|–|-|und|bis(?:\s+zum)?|u\.)\s*)";
    Regex::new(&format!(
        r"\b(?:(?P<first>\d{{1,2}})\.(?:\s?(?P<first_month>{month}|\d{{1,2}}\.))?{range})?(?P<day>\d{{1,2}})\.\s?(?:(?P<month>{month})|(?P<number>\d{{1,2}})\.)\s?(?P<year>(?:19|20)\d{{2}})\b"
    ))
    .expect("a valid pattern")
});

/// A range of days in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundDates {
    /// First day.
    pub from: Date,
    /// Last day; equal to `from` for a single day.
    pub to: Date,
    /// Where it stands.
    pub span: Range<usize>,
}

/// Returns the dates and ranges of dates in a text, in order.
pub(super) fn dates_in(text: &str) -> Vec<FoundDates> {
    DATES
        .captures_iter(text)
        .filter_map(|captures| found(&captures))
        .collect()
}

fn found(captures: &Captures<'_>) -> Option<FoundDates> {
    let year = captures["year"].parse().ok()?;
    let month = match (captures.name("month"), captures.name("number")) {
        (Some(name), _) => month(name.as_str())?,
        (None, Some(number)) => number.as_str().parse().ok()?,
        (None, None) => return None,
    };
    let to = Date::new(year, month, captures["day"].parse().ok()?).ok()?;
    let from = match captures.name("first") {
        None => to,
        Some(day) => {
            let first_month = match captures.name("first_month").map(|month| month.as_str()) {
                None => month,
                Some(name) => {
                    self::month(name).or_else(|| name.trim_end_matches('.').parse().ok())?
                }
            };
            Date::new(year, first_month, day.as_str().parse().ok()?).ok()?
        }
    };
    (from <= to).then_some(FoundDates {
        from,
        to,
        span: captures.get(0)?.range(),
    })
}

fn month(name: &str) -> Option<i8> {
    let name = name
        .to_lowercase()
        .replace("ae", "ä")
        .replace("jänner", "januar");
    let position = MONTHS.iter().position(|month| *month == name)?;
    i8::try_from(position + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn check(text: &str, expected: &[(Date, Date)]) {
        let found: Vec<_> = dates_in(text)
            .into_iter()
            .map(|dates| (dates.from, dates.to))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn single_days_are_read() {
        check(
            "am 29. April 2021 als Videokonferenz",
            &[(date(2021, 4, 29), date(2021, 4, 29))],
        );
        check("vom 16.03.2018", &[(date(2018, 3, 16), date(2018, 3, 16))]);
        check(
            "22.01.2022 und 1. Maerz 1998",
            &[
                (date(2022, 1, 22), date(2022, 1, 22)),
                (date(1998, 3, 1), date(1998, 3, 1)),
            ],
        );
    }

    #[test]
    fn ranges_are_read() {
        let march = (date(2018, 3, 15), date(2018, 3, 16));
        for text in [
            "15./16. März 2018",
            "15. und 16. März 2018",
            "15. bis 16. März 2018",
            "15.–16. März 2018",
            "15./16.03.2018",
            "15.-16.3.2018",
        ] {
            check(text, &[march]);
        }
        check(
            "vom 30. April bis zum 1. Mai 2019",
            &[(date(2019, 4, 30), date(2019, 5, 1))],
        );
    }

    #[test]
    fn impossible_days_are_no_dates() {
        check(
            "31. Februar 2018, 16./15. März 2018, 3.13.2018, Ziffer 2.7",
            &[],
        );
    }
}
