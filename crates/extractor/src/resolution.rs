//! `Document → Resolution`: cuts a protocol into its TOPs as a clerk would.
//!
//! Never fails: it returns what it found and warnings. What was not read stays unknown.
//! Order of the work: units → contents → parts → fields → sections → references; the cover gives the meeting.

mod addressee;
mod contents;
mod cover;
mod date;
mod field;
mod label;
mod laender;
mod reference;
mod section;
mod split;
mod unit;
mod vote;

use std::sync::LazyLock;

use laendersache_model::{
    AgendaItem, BlockKind, Conference, Document, Evidence, Extraction, Meeting, Resolution,
    ResolutionId, ResolutionKind, ResolutionState, Section, SectionKind, TopLabel, Warning,
};
use regex::Regex;

use self::{
    contents::Contents,
    field::{Fields, fields},
    split::Part,
    unit::Unit,
};

static REPORT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:\d{1,2}\.\s|\p{Lu}\p{Ll}+ter\s)?(?:(?:Zwischen|Sachstands|Abschluss|Tätigkeits)?[Bb]ericht|Sachstand)\b").expect("a valid pattern")
});
/// "1. Die IntMK nimmt den mündlichen Bericht Hamburgs zustimmend zur Kenntnis."
static NOTES_REPORT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:\d{1,2}\.\s)?[^.;]{0,120}\bn(?:immt|ehmen)\s(?:den|die)\s[^.;,]{0,120}[Bb]ericht[^.;]{0,160}zur\sKenntnis").expect("a valid pattern")
});
static WITHDRAWN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)zurückgezogen|entfällt|entfallen").expect("a valid pattern"));
static POSTPONED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:wird|werden|wurde|wurden)\b.{0,400}\s(?:vertagt|zurückgestellt)\b")
        .expect("a valid pattern")
});
static NO_DECISION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)kein(?:e|en)?\s(?:Beschluss|Beschlussfassung)").expect("a valid pattern")
});
static VOTE_IN_SENTENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:hat|haben|fasst|fassen)\s(?P<vote>(?:[^.:]{0,160}?)(?:einstimmig|mehrheitlich|Stimmen)[^.:]{0,200}?(?:beschlossen|gefasst|Beschluss))\s?:").expect("a valid pattern")
});

/// A text no longer than this is a remark on what became of the TOP; a longer one may speak of such things.
const LONGEST_REMARK_CHARACTERS: usize = 340;

/// A resolution that begins by noting a report and is longer than this decides more than that.
const LONGEST_NOTE_CHARACTERS: usize = 800;

/// Cuts a document of a conference into resolutions.
#[must_use]
pub fn resolutions(conference: &Conference, document: &Document) -> Extraction {
    let contents = Contents::read(&unit::contents_texts(document));
    let (before, parts) = split::parts(unit::units(document), &contents);
    if parts.is_empty() {
        return Extraction::default();
    }
    let circulation = parts.iter().find_map(|part| part.circulation);
    let Some(mut meeting) =
        cover::meeting(conference, &cover_lines(document, &before), circulation)
    else {
        let message = format!(
            "{} TOPs were found, but the document does not say of which {}",
            parts.len(),
            conference.short
        );
        return Extraction {
            warnings: vec![Warning::new("no_meeting", message, None)],
            ..Extraction::default()
        };
    };
    let mut extraction = Extraction::default();
    for (index, part) in parts.iter().enumerate() {
        let following = parts.get(index + 1);
        if is_group_heading(part, following) {
            meeting.agenda.push(AgendaItem {
                label: part.label.clone(),
                title: part.title.clone(),
            });
            continue;
        }
        let position = extraction.resolutions.len() as u32 + 1;
        let resolution = resolution(conference, &meeting, part, position);
        add(&mut extraction, resolution);
    }
    extraction
        .warnings
        .extend(missing(&contents, &extraction, &meeting));
    extraction.meetings.push(meeting);
    extraction
}

/// Adds a resolution unless its id is taken: two TOPs of one label in one document are reported, not merged.
fn add(extraction: &mut Extraction, resolution: Resolution) {
    if extraction
        .resolutions
        .iter()
        .any(|known| known.id == resolution.id)
    {
        let message = format!(
            "TOP {} stands in the document twice; the second one was left out",
            resolution.label
        );
        extraction.warnings.push(Warning::new(
            "label_twice",
            message,
            Some(resolution.page_from),
        ));
        return;
    }
    extraction.resolutions.push(resolution);
}

/// The cover is what stands before the first TOP; running heads help where it is damaged.
fn cover_lines(document: &Document, before: &[Unit]) -> Vec<String> {
    let furniture = document
        .pages
        .iter()
        .take(3)
        .flat_map(|page| &page.blocks)
        .filter(|block| block.kind == BlockKind::Furniture)
        .map(|block| block.text.clone());
    let title = document.title.clone();
    before
        .iter()
        .map(|unit| unit.text.clone())
        .chain(title)
        .chain(furniture)
        .collect()
}

/// A heading with nothing below it groups the TOPs that follow ("TOP 2 Integration / Zusammenhalt", then "TOP 2.1").
fn is_group_heading(part: &Part, following: Option<&Part>) -> bool {
    let groups_next = following.is_some_and(|next| {
        let behind = next.label.0.strip_prefix(&part.label.0);
        behind.is_some_and(|behind| {
            behind.starts_with('.')
                || (part.label.0.chars().all(char::is_alphabetic) && !behind.is_empty())
        })
    });
    part.units.is_empty() && groups_next
}

/// Warns of every TOP that the table of contents lists and the text does not have.
fn missing(contents: &Contents, extraction: &Extraction, meeting: &Meeting) -> Vec<Warning> {
    let held = |label: &TopLabel| {
        extraction
            .resolutions
            .iter()
            .any(|resolution| resolution.label == *label)
            || meeting.agenda.iter().any(|item| item.label == *label)
    };
    contents
        .entries
        .iter()
        .filter(|entry| !held(&entry.label))
        .map(|entry| {
            let message = format!(
                "TOP {} “{}” is listed in the contents but was not found in the text",
                entry.label, entry.title
            );
            Warning::new("listed_but_not_found", message, entry.page)
        })
        .collect()
}

fn resolution(
    conference: &Conference,
    meeting: &Meeting,
    part: &Part,
    position: u32,
) -> Resolution {
    let (mut fields, rest) = fields(part);
    let sections = section::sections(rest);
    if fields.vote.is_none() {
        vote_in_sentence(&mut fields, &sections);
    }
    let kind = kind(&part.title, &sections);
    let heading = Evidence {
        page: part.page,
        rule: part.rule.to_owned(),
        raw: format!("{} {}", part.label, part.title),
        confidence: if part.rule == "contents" { 1.0 } else { 0.8 },
    };
    let mut evidence = fields.evidence;
    evidence.insert("title".to_owned(), heading);
    let last_page = part.units.iter().map(|unit| unit.page).max();
    let mut resolution = Resolution {
        id: ResolutionId::new(meeting.id.clone(), &part.label),
        label: part.label.clone(),
        position,
        title: part.title.clone(),
        kind,
        state: state(kind, &sections),
        applicants: fields.applicants,
        co_applicants: fields.co_applicants,
        release: fields.release,
        vote: fields.vote,
        addressees: addressee::addressees(decision_texts(&sections)),
        sections,
        references: Vec::new(),
        page_from: part.page,
        page_to: last_page.unwrap_or(part.page).max(part.page),
        evidence,
    };
    resolution.references = reference::references(conference, &resolution);
    resolution
}

/// GMK resolutions print the vote in their opening sentence: "hat mit 15 Ja-Stimmen … beschlossen:".
fn vote_in_sentence(fields: &mut Fields, sections: &[Section]) {
    let opening = sections
        .iter()
        .flat_map(|section| &section.paragraphs)
        .take(3);
    for paragraph in opening {
        if let Some(captures) = VOTE_IN_SENTENCE.captures(&paragraph.text) {
            fields.set_vote(&captures["vote"], paragraph.page, "sentence");
            return;
        }
    }
}

fn decision_texts(sections: &[Section]) -> impl Iterator<Item = &str> {
    sections
        .iter()
        .filter(|section| section.kind == SectionKind::Decision)
        .flat_map(|section| &section.paragraphs)
        .map(|paragraph| paragraph.text.as_str())
}

fn kind(title: &str, sections: &[Section]) -> ResolutionKind {
    let length: usize = decision_texts(sections)
        .map(|text| text.chars().count())
        .sum();
    let notes_report = length <= LONGEST_NOTE_CHARACTERS
        && decision_texts(sections)
            .next()
            .is_some_and(|text| NOTES_REPORT.is_match(text));
    if title.starts_with("Leitantrag") {
        ResolutionKind::Leitantrag
    } else if REPORT.is_match(title) || notes_report {
        ResolutionKind::Report
    } else {
        ResolutionKind::Resolution
    }
}

fn state(kind: ResolutionKind, sections: &[Section]) -> ResolutionState {
    let text = decision_texts(sections).collect::<Vec<_>>().join(" ");
    let remark = text.chars().count() <= LONGEST_REMARK_CHARACTERS;
    if remark && WITHDRAWN.is_match(&text) {
        ResolutionState::Withdrawn
    } else if decision_texts(sections)
        .next()
        .is_some_and(|first| POSTPONED.is_match(first))
    {
        ResolutionState::Postponed
    } else if remark && (text.is_empty() || NO_DECISION.is_match(&text)) {
        ResolutionState::NoDecision
    } else if text.contains("zur Kenntnis") && (remark || kind == ResolutionKind::Report) {
        ResolutionState::Noted
    } else {
        ResolutionState::Decided
    }
}

#[cfg(test)]
mod tests;
