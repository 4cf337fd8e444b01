//! German words for dates, numbers, meetings, votes and kinds; the one place that spells them.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use laendersache_model::{
    Applicants, Conferences, Land, Meeting, MeetingId, MeetingNumber, ReferenceKind,
    ResolutionKind, ResolutionState, SectionKind, TopLabel, Vote, VoteKind,
};

const MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

/// Returns "16.03.2018".
#[must_use]
pub fn short_date(date: Date) -> String {
    format!("{:02}.{:02}.{}", date.day(), date.month(), date.year())
}

/// Returns "16. März 2018".
#[must_use]
pub fn long_date(date: Date) -> String {
    let month = MONTHS[usize::from(date.month().unsigned_abs()) - 1];
    format!("{}. {month} {}", date.day(), date.year())
}

/// Returns "15./16.03.2018", "29.04.2021", "30.04./01.05.2020", or `None` where no day is known.
#[must_use]
pub fn short_days(from: Option<Date>, to: Option<Date>) -> Option<String> {
    let (from, to) = (from.or(to)?, to.or(from)?);
    let end = short_date(to);
    Some(if from == to {
        end
    } else if (from.year(), from.month()) == (to.year(), to.month()) {
        format!("{:02}./{end}", from.day())
    } else if from.year() == to.year() {
        format!("{:02}.{:02}./{end}", from.day(), from.month())
    } else {
        format!("{}–{end}", short_date(from))
    })
}

/// Returns "15. und 16. März 2018" or its longer forms, or `None` where no day is known.
#[must_use]
pub fn long_days(from: Option<Date>, to: Option<Date>) -> Option<String> {
    let (from, to) = (from.or(to)?, to.or(from)?);
    let end = long_date(to);
    let same_month = (from.year(), from.month()) == (to.year(), to.month());
    let neighbours = from.tomorrow().is_ok_and(|next| next == to);
    Some(match (from == to, same_month) {
        (true, _) => end,
        (false, true) if neighbours => format!("{}. und {end}", from.day()),
        (false, true) => format!("{}. bis {end}", from.day()),
        (false, false) => format!("{} bis {end}", long_date(from)),
    })
}

/// Returns the day on which something happened, as German clocks have it.
#[must_use]
pub fn german_day(moment: Timestamp) -> Date {
    german_time(moment).date()
}

/// Returns "22.11.2026, 03:15 Uhr" as German clocks have it.
#[must_use]
pub fn moment(moment: Timestamp) -> String {
    let time = german_time(moment);
    format!(
        "{}, {:02}:{:02} Uhr",
        short_date(time.date()),
        time.hour(),
        time.minute()
    )
}

/// Central European time by its rule, so that no time zone database need be installed.
fn german_time(moment: Timestamp) -> jiff::Zoned {
    let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").expect("the rule is valid");
    moment.to_zoned(zone)
}

/// Returns a number with points between the thousands.
#[must_use]
pub fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped
}

/// Returns "1 Beschluss", "1.234 Beschlüsse".
#[must_use]
pub fn counted(count: u64, one: &str, many: &str) -> String {
    let noun = if count == 1 { one } else { many };
    format!("{} {noun}", number(count))
}

/// Returns the short name of a conference, or its slug where it is not known.
#[must_use]
pub fn conference_short(conferences: &Conferences, slug: &str) -> String {
    conferences
        .get(slug)
        .map_or_else(|| slug.to_owned(), |conference| conference.short.clone())
}

/// Returns "13. IntMK" or "IntMK-Umlaufverfahren 2020".
#[must_use]
pub fn meeting_name(conferences: &Conferences, id: &MeetingId) -> String {
    let short = conference_short(conferences, &id.conference);
    match id.number {
        MeetingNumber::Ordinal(number) => format!("{number}. {short}"),
        MeetingNumber::Circulation(year) => format!("{short}-Umlaufverfahren {year}"),
    }
}

/// Returns "TOP 2.7" or "Umlaufbeschluss 4/2020".
#[must_use]
pub fn label_name(meeting: &MeetingId, label: &TopLabel) -> String {
    match meeting.number {
        MeetingNumber::Ordinal(_) => format!("TOP {label}"),
        MeetingNumber::Circulation(year) => format!("Umlaufbeschluss {label}/{year}"),
    }
}

/// Returns "13. IntMK · 15./16.03.2018 · Vorsitz: Bayern", leaving out what is not known.
#[must_use]
pub fn meeting_line(conferences: &Conferences, meeting: &Meeting) -> String {
    let mut parts = vec![meeting_name(conferences, &meeting.id)];
    parts.extend(short_days(meeting.from, meeting.to));
    parts.extend(
        meeting
            .chair
            .map(|land| format!("Vorsitz: {}", land.name())),
    );
    parts.join(" · ")
}

/// Returns the names of Länder as a German list: "Bayern, Hessen und Saarland".
#[must_use]
pub fn laender(laender: &[Land]) -> String {
    let names: Vec<_> = laender.iter().map(|land| land.name()).collect();
    match names.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} und {last}", others.join(", ")),
    }
}

/// Returns who moved a motion, or `None` where the document does not say.
#[must_use]
pub fn applicants(applicants: &Applicants) -> Option<String> {
    if applicants.all_laender {
        return Some("alle Länder".to_owned());
    }
    if applicants.laender.is_empty() {
        return applicants.raw.clone();
    }
    Some(laender(&applicants.laender))
}

/// Returns "einstimmig" or "mehrheitlich".
#[must_use]
pub fn vote_kind(kind: VoteKind) -> &'static str {
    match kind {
        VoteKind::Unanimous => "einstimmig",
        VoteKind::Majority => "mehrheitlich",
    }
}

/// Returns all that is known of a vote: "mehrheitlich; 13 Ja, 1 Nein; dagegen: Bayern; Enthaltung: Hessen".
#[must_use]
pub fn vote(vote: &Vote) -> String {
    let figure = |count: Option<u8>, noun: &str| count.map(|count| format!("{count} {noun}"));
    let figures: Vec<_> = [
        figure(vote.yes, "Ja"),
        figure(vote.no, "Nein"),
        figure(
            vote.abstain,
            if vote.abstain == Some(1) {
                "Enthaltung"
            } else {
                "Enthaltungen"
            },
        ),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut parts = vec![vote_kind(vote.kind).to_owned()];
    if !figures.is_empty() {
        parts.push(figures.join(", "));
    }
    if !vote.no_laender.is_empty() {
        parts.push(format!("dagegen: {}", laender(&vote.no_laender)));
    }
    if !vote.abstain_laender.is_empty() {
        parts.push(format!("Enthaltung: {}", laender(&vote.abstain_laender)));
    }
    parts.join("; ")
}

/// Returns the name of a kind of paper.
#[must_use]
pub fn resolution_kind(kind: ResolutionKind) -> &'static str {
    match kind {
        ResolutionKind::Resolution => "Beschluss",
        ResolutionKind::Leitantrag => "Leitantrag",
        ResolutionKind::Report => "Bericht",
    }
}

/// Returns what became of a TOP.
#[must_use]
pub fn resolution_state(state: ResolutionState) -> &'static str {
    match state {
        ResolutionState::Decided => "beschlossen",
        ResolutionState::Noted => "zur Kenntnis genommen",
        ResolutionState::Withdrawn => "zurückgezogen",
        ResolutionState::Postponed => "vertagt",
        ResolutionState::NoDecision => "kein Beschluss",
    }
}

/// Returns the name of a part of a resolution.
#[must_use]
pub fn section_kind(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::Decision => "Beschluss",
        SectionKind::Reasons => "Begründung",
        SectionKind::Protokollerklaerung => "Protokollerklärung",
        SectionKind::Protokollnotiz => "Protokollnotiz",
    }
}

/// Returns the name of what a reference points to.
#[must_use]
pub fn reference_kind(kind: ReferenceKind) -> &'static str {
    match kind {
        ReferenceKind::Resolution => "Beschluss",
        ReferenceKind::Law => "Gesetz",
        ReferenceKind::Drucksache => "Drucksache",
        ReferenceKind::EuAct => "Rechtsakt der EU",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_written_as_protocols_write_them() {
        let (march_15, march_16) = (date(2018, 3, 15), date(2018, 3, 16));
        for (from, to, short, long) in [
            (
                march_15,
                march_16,
                "15./16.03.2018",
                "15. und 16. März 2018",
            ),
            (march_16, march_16, "16.03.2018", "16. März 2018"),
            (
                date(2020, 4, 30),
                date(2020, 5, 1),
                "30.04./01.05.2020",
                "30. April 2020 bis 1. Mai 2020",
            ),
            (
                date(2018, 3, 14),
                march_16,
                "14./16.03.2018",
                "14. bis 16. März 2018",
            ),
            (
                date(2018, 12, 31),
                date(2019, 1, 1),
                "31.12.2018–01.01.2019",
                "31. Dezember 2018 bis 1. Januar 2019",
            ),
        ] {
            assert_eq!(short_days(Some(from), Some(to)).as_deref(), Some(short));
            assert_eq!(long_days(Some(from), Some(to)).as_deref(), Some(long));
        }
        assert_eq!(
            short_days(None, Some(march_16)).as_deref(),
            Some("16.03.2018")
        );
        assert_eq!(short_days(None, None), None);
        assert_eq!(long_days(None, None), None);
    }

    #[test]
    fn thousands_are_grouped() {
        for (value, expected) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1.000"),
            (1_234_567, "1.234.567"),
        ] {
            assert_eq!(number(value), expected);
        }
        assert_eq!(counted(1, "Treffer", "Treffer"), "1 Treffer");
        assert_eq!(counted(2, "Beschluss", "Beschlüsse"), "2 Beschlüsse");
    }

    #[test]
    fn meetings_and_labels_have_their_spoken_names() {
        let conferences = Conferences::embedded();
        for (id, name, label) in [
            ("intmk/13", "13. IntMK", "TOP 4"),
            (
                "intmk/2020/umlauf",
                "IntMK-Umlaufverfahren 2020",
                "Umlaufbeschluss 4/2020",
            ),
            ("xmk/3", "3. xmk", "TOP 4"),
        ] {
            let id: MeetingId = id.parse().expect("valid");
            assert_eq!(meeting_name(&conferences, &id), name);
            assert_eq!(label_name(&id, &TopLabel("4".to_owned())), label);
        }
    }

    #[test]
    fn a_vote_says_all_that_is_known_and_nothing_more() {
        let unknown_figures = Vote {
            kind: VoteKind::Unanimous,
            yes: None,
            no: None,
            abstain: None,
            no_laender: vec![],
            abstain_laender: vec![],
            raw: "einstimmig".to_owned(),
        };
        assert_eq!(vote(&unknown_figures), "einstimmig");
        let divided = Vote {
            kind: VoteKind::Majority,
            yes: Some(13),
            no: Some(1),
            abstain: Some(2),
            no_laender: vec![Land::By],
            abstain_laender: vec![Land::He, Land::Sl],
            ..unknown_figures
        };
        assert_eq!(
            vote(&divided),
            "mehrheitlich; 13 Ja, 1 Nein, 2 Enthaltungen; dagegen: Bayern; Enthaltung: Hessen und Saarland"
        );
    }

    #[test]
    fn unread_applicants_are_quoted_and_unnamed_ones_unknown() {
        let mut known = Applicants::default();
        assert_eq!(applicants(&known), None);
        known.raw = Some("Die B-Länder".to_owned());
        assert_eq!(applicants(&known).as_deref(), Some("Die B-Länder"));
        known.laender = vec![Land::By, Land::Sn, Land::Th];
        assert_eq!(
            applicants(&known).as_deref(),
            Some("Bayern, Sachsen und Thüringen")
        );
        known.all_laender = true;
        assert_eq!(applicants(&known).as_deref(), Some("alle Länder"));
    }

    #[test]
    fn moments_are_told_in_german_time() {
        for (utc, told) in [
            ("2026-07-01T22:30:00Z", "02.07.2026, 00:30 Uhr"),
            ("2026-12-31T23:30:00Z", "01.01.2027, 00:30 Uhr"),
            ("2026-10-25T00:59:00Z", "25.10.2026, 02:59 Uhr"),
            ("2026-10-25T01:00:00Z", "25.10.2026, 02:00 Uhr"),
        ] {
            let time: Timestamp = utc.parse().expect("valid");
            assert_eq!(moment(time), told);
        }
    }
}
