//! `Work → Record`: which parts of a resolution can be found, and by which words beside its text.

use laendersache_model::{
    Applicants, Conferences, Land, MeetingNumber, Resolution, ResolutionKind, SectionKind,
    VoteKind, Work,
};

use crate::{Record, RecordSection};

/// Returns the record of a work's current wording.
#[must_use]
pub fn work_record(work: &Work, conferences: &Conferences) -> Record {
    let resolution = &work.current().resolution;
    let statements = unique(resolution.statements().flat_map(|section| &section.laender));
    Record {
        id: work.id.to_string(),
        title: resolution.title.clone(),
        sections: sections(resolution),
        context: context(work, conferences),
        date: work.date(),
        date_from: work.meeting.from.or(work.meeting.to),
        year: year(work, conferences),
        meeting: Some(work.meeting.id.clone()),
        label: Some(resolution.label.clone()),
        place: work.meeting.place.clone(),
        chair: work.meeting.chair,
        applicants: applicants(resolution),
        vote: resolution.vote.as_ref().map(|vote| vote.kind),
        statements,
        kind: Some(resolution.kind),
        state: Some(resolution.state),
        addressees: resolution.addressees.clone(),
        page_from: resolution.page_from,
    }
}

fn sections(resolution: &Resolution) -> Vec<RecordSection> {
    let mut sections = Vec::new();
    for section in &resolution.sections {
        for paragraph in &section.paragraphs {
            sections.push(RecordSection {
                kind: section.kind,
                paragraph: paragraph.number,
                page: paragraph.page,
                text: paragraph.text.clone(),
            });
        }
    }
    sections
}

/// The year of the decision; a meeting without a printed day has the year under which it is known.
fn year(work: &Work, conferences: &Conferences) -> Option<i16> {
    let known = || {
        let conference = conferences.get(&work.meeting.id.conference)?;
        conference
            .meeting(&work.meeting.id)
            .map(|meeting| meeting.year)
    };
    let circulation = match work.meeting.id.number {
        MeetingNumber::Circulation(year) => i16::try_from(year).ok(),
        MeetingNumber::Ordinal(_) => None,
    };
    work.date()
        .map(|date| date.year())
        .or(circulation)
        .or_else(known)
}

fn applicants(resolution: &Resolution) -> Vec<Land> {
    let all = |applicants: &Applicants| applicants.all_laender;
    if all(&resolution.applicants) || all(&resolution.co_applicants) {
        return Land::ALL.to_vec();
    }
    unique(
        resolution
            .applicants
            .laender
            .iter()
            .chain(&resolution.co_applicants.laender),
    )
}

fn unique<'a>(laender: impl Iterator<Item = &'a Land>) -> Vec<Land> {
    let mut laender: Vec<Land> = laender.copied().collect();
    laender.sort_unstable();
    laender.dedup();
    laender
}

fn context(work: &Work, conferences: &Conferences) -> Vec<String> {
    let mut context = meeting_words(work, conferences);
    let resolution = &work.current().resolution;
    match resolution.kind {
        ResolutionKind::Resolution => context.push("Beschluss".to_owned()),
        ResolutionKind::Leitantrag => context.push("Leitantrag Beschluss".to_owned()),
        ResolutionKind::Report => context.push("Bericht".to_owned()),
    }
    for applicants in [&resolution.applicants, &resolution.co_applicants] {
        if let Some(raw) = &applicants.raw {
            context.push(format!("Antragsteller {raw}"));
        }
        context.extend(applicants.laender.iter().map(|land| land.name().to_owned()));
    }
    if let Some(vote) = &resolution.vote {
        context.push(vote.raw.clone());
        if vote.kind == VoteKind::Unanimous {
            context.push("einstimmig".to_owned());
        }
    }
    for section in resolution.statements() {
        let name = match section.kind {
            SectionKind::Protokollnotiz => "Protokollnotiz",
            _ => "Protokollerklärung",
        };
        let laender: Vec<&str> = section.laender.iter().map(|land| land.name()).collect();
        context.push(format!("{name} {}", laender.join(" ")));
        context.extend(section.heading.clone());
    }
    context.extend(resolution.addressees.iter().cloned());
    context
}

fn meeting_words(work: &Work, conferences: &Conferences) -> Vec<String> {
    let meeting = &work.meeting;
    let conference = conferences.get(&meeting.id.conference);
    let short = conference.map_or(meeting.id.conference.as_str(), |conference| {
        &conference.short
    });
    let label = &work.current().resolution.label;
    let mut words = vec![match meeting.id.number {
        MeetingNumber::Ordinal(number) => format!("{number}. {short} TOP {label}"),
        MeetingNumber::Circulation(year) => {
            format!("Umlaufbeschluss Umlaufverfahren {short} {year} {label}")
        }
    }];
    words.extend(conference.map(|conference| conference.name.clone()));
    words.extend(conference.and_then(|conference| conference.variants.first().cloned()));
    words.extend(year(work, conferences).map(|year| year.to_string()));
    words.extend(meeting.place.clone());
    words.extend(meeting.chair.map(|land| format!("Vorsitz {}", land.name())));
    words
}
