//! What a text refers to: earlier resolutions, laws, papers of parliaments, acts of the European Union.

use std::sync::LazyLock;

use laendersache_model::{
    Conference, MeetingId, MeetingNumber, Paragraph, Reference, ReferenceKind, Resolution,
    ResolutionId, TopLabel,
};
use regex::{Captures, Regex};

use super::date::dates_in;

const TOP: &str = r"(?:TOP\s?(?P<top>\d{1,3}(?:\.\d{1,3})*[a-z]?|[IVX]+\.\d+|[A-H]\d{1,2})|(?P<report>[A-H]\d{1,2})\b)";

/// "13. IntMK, TOP 2.7", "16. IntMK (A3 …", "12. IntMK 2017 zu TOP 3.1".
static BY_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"\b(?P<number>\d{{1,3}})\.\s(?P<short>\p{{Lu}}[\p{{L}}*:-]+)[^.;()]{{0,70}}?[\s(,]{TOP}"
    ))
    .expect("a valid pattern")
});
/// "Beschluss vom 16. März 2018 zu TOP 2.7", also "(TOP 2.7)".
static BY_DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"\b[Bb]eschl(?:uss|usses|üsse|üssen)\s(?:vom|der Sitzung vom)\s[^;]{{0,60}}?(?:19|20)\d{{2}}[^.;]{{0,40}}?\b{TOP}")).expect("a valid pattern")
});
static CIRCULATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"\bUmlaufbeschl(?:uss|usses|üsse|üssen)\s(?P<number>\d{1,3})/(?P<year>(?:19|20)\d{2})\b",
    )
    .expect("a valid pattern")
});
static SAME_MEETING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\bTOP\s?(?P<top>\d{1,3}(?:\.\d{1,3})*[a-z]?)\b").expect("a valid pattern")
});
static LAW: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:§§?\s?\d+\s?[a-z]?\b(?:\s?(?:,|und|bis|Abs\.|Absatz|S\.|Satz|Nr\.|Nummer)\s?(?:§\s?)?\d+\s?[a-z]?\b)*|\bArt(?:\.|ikel)\s?\d+[a-z]?(?:\sAbs\.\s?\d+)?)\s(?:SGB\s[IVX]+\b|[A-ZÄÖÜ][\p{L}]*(?:G|V|GB|gesetz(?:es)?|verordnung|O)(?:/EU)?\b)").expect("a valid pattern")
});
static DRUCKSACHE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"\b(?:BT-|BR-|Bundestags-|Bundesrats-|LT-)?(?:Drs\.|Drucksache)\s?\d{1,4}/\d{1,5}\b",
    )
    .expect("a valid pattern")
});
static EU_ACT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:Richtlinie|Verordnung)\s(?:\((?:EU|EG|EWG)\)\s)?(?:Nr\.\s)?\d{1,4}/\d{1,4}(?:/(?:EU|EG|EWG))?").expect("a valid pattern")
});

/// Finds the references of a resolution; targets are filled where the words name meeting and TOP.
pub(super) fn references(conference: &Conference, resolution: &Resolution) -> Vec<Reference> {
    let mut references = Vec::new();
    for paragraph in resolution.paragraphs() {
        resolutions(conference, resolution, paragraph, &mut references);
        for (kind, pattern) in [
            (ReferenceKind::Law, &LAW),
            (ReferenceKind::Drucksache, &DRUCKSACHE),
            (ReferenceKind::EuAct, &EU_ACT),
        ] {
            let found = pattern.find_iter(&paragraph.text);
            references.extend(found.map(|found| reference(kind, found.as_str(), None, paragraph)));
        }
    }
    references
}

/// Finds resolutions; a bare "TOP 2.4" outside the longer forms means the same meeting.
fn resolutions(
    conference: &Conference,
    resolution: &Resolution,
    paragraph: &Paragraph,
    references: &mut Vec<Reference>,
) {
    let text = &paragraph.text;
    let mut taken = Vec::new();
    for (pattern, target) in [
        (
            &BY_NUMBER,
            by_number as fn(&Conference, &Captures<'_>) -> Option<ResolutionId>,
        ),
        (&BY_DATE, by_date),
        (&CIRCULATION, circulation),
    ] {
        for captures in pattern.captures_iter(text) {
            let Some(whole) = captures.get(0) else {
                continue;
            };
            let overlaps = taken.iter().any(|span: &std::ops::Range<usize>| {
                span.start < whole.end() && whole.start() < span.end
            });
            let Some(target) = target(conference, &captures).filter(|_| !overlaps) else {
                continue;
            };
            taken.push(whole.range());
            references.push(reference(
                ReferenceKind::Resolution,
                whole.as_str(),
                Some(target),
                paragraph,
            ));
        }
    }
    for captures in SAME_MEETING.captures_iter(text) {
        let Some(whole) = captures.get(0) else {
            continue;
        };
        let label = TopLabel(captures["top"].to_owned());
        let inside = taken.iter().any(|span| span.contains(&whole.start()));
        // Another meeting named in the same sentence owns the label: "12. IntMK, TOP 2.1 und TOP 2.2".
        let sentence = text[..whole.start()]
            .rsplit(". ")
            .next()
            .unwrap_or_default();
        let elsewhere = BY_NUMBER.is_match(&text[..whole.end()]) && sentence.contains("TOP");
        if !inside && !elsewhere && label != resolution.label {
            let target = ResolutionId::new(resolution.id.meeting.clone(), &label);
            references.push(reference(
                ReferenceKind::Resolution,
                whole.as_str(),
                Some(target),
                paragraph,
            ));
        }
    }
}

fn by_number(conference: &Conference, captures: &Captures<'_>) -> Option<ResolutionId> {
    if &captures["short"] != conference.short.as_str() {
        return None;
    }
    let meeting = MeetingId {
        conference: conference.slug.clone(),
        number: MeetingNumber::Ordinal(captures["number"].parse().ok()?),
    };
    Some(ResolutionId::new(meeting, &label(captures)?))
}

/// The known meeting whose days include the named date; without one the reference has no target.
fn by_date(conference: &Conference, captures: &Captures<'_>) -> Option<ResolutionId> {
    let day = dates_in(&captures[0]).into_iter().next()?.to;
    let meeting = conference.meetings.iter().find(|meeting| {
        let to = meeting.to.or(meeting.from);
        meeting.state == laendersache_model::MeetingState::Held
            && meeting.from.is_some_and(|from| from <= day)
            && to.is_some_and(|to| day <= to)
    })?;
    Some(ResolutionId::new(meeting.id.clone(), &label(captures)?))
}

fn circulation(conference: &Conference, captures: &Captures<'_>) -> Option<ResolutionId> {
    let meeting = MeetingId {
        conference: conference.slug.clone(),
        number: MeetingNumber::Circulation(captures["year"].parse().ok()?),
    };
    Some(ResolutionId::new(
        meeting,
        &TopLabel(captures["number"].to_owned()),
    ))
}

fn label(captures: &Captures<'_>) -> Option<TopLabel> {
    let label = captures.name("top").or_else(|| captures.name("report"))?;
    Some(TopLabel(label.as_str().to_owned()))
}

fn reference(
    kind: ReferenceKind,
    raw: &str,
    target: Option<ResolutionId>,
    paragraph: &Paragraph,
) -> Reference {
    Reference {
        kind,
        raw: raw.to_owned(),
        target,
        paragraph: paragraph.number,
    }
}
