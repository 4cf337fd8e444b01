//! The cover of a protocol: which meeting it reports, when and where it was held, and who was in the chair.

use std::sync::LazyLock;

use laendersache_model::{Conference, Land, Meeting, MeetingId, MeetingKind, MeetingNumber};
use regex::Regex;

use super::{
    contents::letters,
    date::{FoundDates, dates_in},
};

static ORDINAL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(\d{1,3})\.\s?(\p{L}[^\n]{0,120})").expect("a valid pattern"));
static CHAIR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\bVorsitz(?:land)?\s?:?\s+(?:(?:der|des|die|Freistaat|Land|Landes|Freien)\s+)*(?P<land>\p{Lu}[\p{L}-]+)").expect("a valid pattern")
});
static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*,?\s*(?:in\s+(?P<place>\p{Lu}[\p{L}-]+(?:\s(?:am|an der|a\. d\.|im)\s\p{Lu}\p{L}+)?)|(?:als|per)\s+(?P<video>Videokonferenz|Telefonkonferenz))").expect("a valid pattern")
});
static DOCUMENT_NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b((?:(?:Vorläufiges|Endgültiges|Externes)\s+)?(?:Ergebnisprotokoll|Ergebnisniederschrift|Beschlussniederschrift|Beschlussprotokoll|Beschluss-?Sammlung|Niederschrift|Protokoll)|Umlaufbeschlüsse|Sammlung der zur Veröffentlichung freigegebenen Beschlüsse)\b").expect("a valid pattern")
});

/// How many letters of a conference's name must follow the ordinal: enough for "Konferenz der für Integration",
/// so that the conference of another field is not taken for this one.
const COMPARED_LETTERS: usize = 26;

/// Reads the meeting from the lines before the first TOP.
///
/// The number must be printed beside the conference's name: a number alone, or another conference's, is none.
/// `circulation` is the year of the circulation resolutions in the document, if it holds any.
pub(super) fn meeting(
    conference: &Conference,
    lines: &[String],
    circulation: Option<u16>,
) -> Option<Meeting> {
    let number = match circulation {
        Some(year) => MeetingNumber::Circulation(year),
        None => MeetingNumber::Ordinal(ordinal(conference, lines)?),
    };
    let dates = dates(lines);
    Some(Meeting {
        id: MeetingId {
            conference: conference.slug.clone(),
            number,
        },
        kind: match number {
            MeetingNumber::Circulation(_) => MeetingKind::Umlauf,
            MeetingNumber::Ordinal(_) => MeetingKind::Main,
        },
        document_name: lines
            .iter()
            .find_map(|line| Some(DOCUMENT_NAME.captures(line)?[1].to_owned())),
        from: dates.as_ref().map(|(_, dates)| dates.from),
        to: dates.as_ref().map(|(_, dates)| dates.to),
        place: dates.and_then(|(line, dates)| place(&line[dates.span.end..])),
        chair: lines.iter().find_map(|line| chair(line)),
        agenda: Vec::new(),
        sources: Vec::new(),
    })
}

/// Finds "13. Konferenz der für Integration zuständigen …", "98. GMK", "16. Integrationsminister*innenkonferenz".
fn ordinal(conference: &Conference, lines: &[String]) -> Option<u16> {
    let names: Vec<String> = [&conference.short, &conference.name]
        .into_iter()
        .chain(&conference.variants)
        .map(|name| ungendered(name))
        .collect();
    for line in lines {
        for captures in ORDINAL.captures_iter(line) {
            let named = ungendered(&captures[2]);
            let meant = names.iter().any(|name| {
                let length = name.chars().count().min(COMPARED_LETTERS);
                named.starts_with(&name.chars().take(length).collect::<String>())
            });
            if meant {
                return captures[1].parse().ok();
            }
        }
    }
    None
}

/// Returns the letters of a name without the marks and endings of gendered forms.
fn ungendered(name: &str) -> String {
    static INNEN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"[*:_·/]-?innen|innen- und -(?:minister|senatoren)").expect("a valid pattern")
    });
    letters(&INNEN.replace_all(name, ""))
}

/// Returns the first dates that a word like "am" or the end of a name introduces, with their line.
fn dates(lines: &[String]) -> Option<(&String, FoundDates)> {
    lines
        .iter()
        .find_map(|line| Some((line, dates_in(line).into_iter().next()?)))
}

fn place(behind_date: &str) -> Option<String> {
    let captures = PLACE.captures(behind_date)?;
    let place = captures.name("place").or_else(|| captures.name("video"))?;
    Some(place.as_str().to_owned())
}

fn chair(line: &str) -> Option<Land> {
    Land::from_name(&CHAIR.captures(line)?["land"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Date, date};
    use laendersache_model::Conferences;

    fn read(lines: &[&str], circulation: Option<u16>) -> Option<Meeting> {
        let conferences = Conferences::embedded();
        let intmk = conferences.get("intmk").expect("intmk is embedded");
        let lines: Vec<_> = lines.iter().map(|line| (*line).to_owned()).collect();
        meeting(intmk, &lines, circulation)
    }

    fn check(lines: &[&str], id: &str, days: (Date, Date), place: &str) {
        let meeting = read(lines, None).unwrap_or_else(|| panic!("no meeting in {lines:?}"));
        assert_eq!(meeting.id.to_string(), id);
        assert_eq!((meeting.from, meeting.to), (Some(days.0), Some(days.1)));
        assert_eq!(meeting.place.as_deref(), Some(place));
    }

    #[test]
    fn covers_of_all_periods_are_read() {
        check(
            &[
                "Ergebnisprotokoll",
                "13. Konferenz der für Integration zuständigen Ministerinnen und Minister",
                "am 15./16. März 2018 in Nürnberg",
                "Vorsitz: Bayern",
            ],
            "intmk/13",
            (date(2018, 3, 15), date(2018, 3, 16)),
            "Nürnberg",
        );
        check(
            &[
                "16. Konferenz der für Integration zuständigen Minister*innen / Senator*innen",
                "am 29. April 2021 als Videokonferenz",
            ],
            "intmk/16",
            (date(2021, 4, 29), date(2021, 4, 29)),
            "Videokonferenz",
        );
        check(
            &["18. Integrationsminister:innenkonferenz, 26. und 27. April 2023 in Wiesbaden"],
            "intmk/18",
            (date(2023, 4, 26), date(2023, 4, 27)),
            "Wiesbaden",
        );
        check(
            &["Protokoll der 19. IntMK am 20./21. März 2024 in Rostock-Warnemünde"],
            "intmk/19",
            (date(2024, 3, 20), date(2024, 3, 21)),
            "Rostock-Warnemünde",
        );
    }

    #[test]
    fn chair_and_name_of_the_document_are_read() {
        let meeting = read(
            &[
                "Externes Ergebnisprotokoll der 7. IntMK",
                "Vorsitz: Saarland",
            ],
            None,
        )
        .expect("a meeting");
        assert_eq!(meeting.chair, Some(Land::Sl));
        assert_eq!(
            meeting.document_name.as_deref(),
            Some("Externes Ergebnisprotokoll")
        );
        assert_eq!((meeting.from, meeting.place), (None, None));
    }

    #[test]
    fn circulation_resolutions_belong_to_their_year() {
        let meeting = read(&["Umlaufbeschlüsse 2020"], Some(2020)).expect("a meeting");
        assert_eq!(meeting.id.to_string(), "intmk/2020/umlauf");
        assert_eq!(meeting.kind, MeetingKind::Umlauf);
    }

    #[test]
    fn other_numbers_are_no_meeting() {
        for line in [
            "13. Kapitel",
            "98. GMK",
            "13. März 2018",
            "Die IntMK",
            "13. Integration der Daten",
        ] {
            assert_eq!(read(&[line], None), None, "{line}");
        }
    }
}
