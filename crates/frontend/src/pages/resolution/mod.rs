//! `/intmk/13/top/2.7`: one resolution with all that is known of it, and the same in other formats by suffix.

mod facts;
mod sources;
mod text;

use askama::Template;
use axum::{
    Extension,
    extract::{Path, RawQuery, State},
    response::Response,
};
use laendersache_model::{Resolution, ResolutionId, Version, Work};
use url::form_urlencoded;

use self::{
    facts::{Fact, Reading, facts, readings},
    sources::{FileRow, file_row},
    text::{Part, parts},
};
use super::row::{Flag, flags};
use crate::{
    api,
    citation::Citation,
    context::Context,
    formats::{self, Format},
    language::Language,
    page_error::{Link, PageError},
    shell::{Section, Shell},
    state::AppState,
    wording,
};

#[derive(Template)]
#[template(path = "resolution.html")]
struct ResolutionPage {
    shell: Shell,
    kicker: String,
    title: String,
    flags: Vec<Flag>,
    facts: Vec<Fact>,
    pdf: Option<(String, u32)>,
    parts: Vec<Part>,
    outgoing: Vec<Outgoing>,
    incoming: Vec<Link>,
    versions: Vec<VersionLink>,
    outdated: Option<String>,
    files: Vec<FileRow>,
    readings: Vec<Reading>,
    citation: Citation,
    formats: Vec<Link>,
    neighbours: Vec<(&'static str, Link)>,
    structured_data: String,
}

/// Something the text refers to.
struct Outgoing {
    kind: &'static str,
    raw: String,
    paragraph: u32,
    target: Option<Link>,
}

/// A wording that can be looked at.
struct VersionLink {
    link: Link,
    current: bool,
}

/// Shows the resolution on a TOP of a meeting.
pub async fn resolution(
    State(app): State<AppState>,
    Extension(language): Extension<Language>,
    Path((conference, number, label)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, PageError> {
    let address = format!("{conference}/{number}/top/{label}");
    answer(app, language, address, query.unwrap_or_default()).await
}

/// Shows a circulation resolution.
pub async fn circulation_resolution(
    State(app): State<AppState>,
    Extension(language): Extension<Language>,
    Path((conference, year, label)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, PageError> {
    let address = format!("{conference}/{year}/umlauf/{label}");
    answer(app, language, address, query.unwrap_or_default()).await
}

async fn answer(
    app: AppState,
    language: Language,
    address: String,
    query: String,
) -> Result<Response, PageError> {
    let (plain, format) = formats::split_suffix(&address);
    let plain = plain.to_owned();
    let Some(format) = format else {
        return app
            .page(language, move |context| page(context, &plain, &query))
            .await;
    };
    app.work(language, move |context| {
        let work = work(context, &plain, format.suffix())?;
        if format == Format::Pdf {
            return formats::original(context, &work);
        }
        let citation = Citation::of(context, &work);
        let resolution = || api::resolution::json(context, &work);
        formats::response(format, &citation, resolution)
    })
    .await
}

/// Returns the work at an address; other spellings of it are sent to the permanent one.
fn work(context: &Context, address: &str, suffix: &str) -> Result<Work, PageError> {
    let lower = address.to_lowercase();
    let id: ResolutionId = lower.parse().map_err(|_| {
        PageError::not_found(
            "Unter dieser Adresse gibt es nichts. Beschlüsse haben Adressen wie /intmk/13/top/2.7.",
        )
    })?;
    if id.to_string() != address {
        return Err(PageError::Moved {
            to: format!("/{id}{suffix}"),
        });
    }
    if let Some(work) = context.corpus.work(&id)? {
        return Ok(work);
    }
    let meeting = context.meeting_link(&id.meeting);
    Err(PageError::NotFound {
        sentence: format!(
            "Diesen Beschluss ({}, {}) hält das Archiv nicht. Vielleicht wurde er nicht veröffentlicht, oder sein Dokument fehlt.",
            meeting.text, id.label
        ),
        links: vec![meeting],
    })
}

fn page(context: &Context, address: &str, query: &str) -> Result<ResolutionPage, PageError> {
    let work = work(context, address, "")?;
    let current = work.current();
    let asked = form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "fassung")
        .and_then(|(_, value)| value.parse::<u32>().ok());
    let version = work
        .versions
        .iter()
        .find(|version| Some(version.number) == asked)
        .unwrap_or(current);
    let resolution = &version.resolution;
    let citation = Citation::of(context, &work);
    let label = wording::label_name(&work.id.meeting, &resolution.label);
    let meeting = context.meeting_name(&work.id.meeting);
    Ok(ResolutionPage {
        shell: shell(context, &work, resolution, &label),
        kicker: format!(
            "{} der {meeting}, {label}",
            wording::resolution_kind(resolution.kind)
        ),
        title: resolution.title.clone(),
        flags: flags(resolution),
        facts: facts(context, &work, resolution),
        pdf: crate::context::pdf_page(&version.sources, resolution.page_from, resolution.page_from),
        parts: parts(version),
        outgoing: outgoing(context, resolution)?,
        incoming: incoming(context, &work)?,
        versions: versions(&work, version),
        outdated: (version.number != current.number).then(|| format!("/{}", work.id)),
        files: version
            .sources
            .iter()
            .map(|source| file_row(context, source))
            .collect(),
        readings: readings(resolution, version),
        formats: formats::links(&work),
        neighbours: neighbours(context, &work)?,
        structured_data: citation.structured_data(),
        citation,
    })
}

fn shell(context: &Context, work: &Work, resolution: &Resolution, label: &str) -> Shell {
    let line = context.meeting_line(&work.meeting);
    context
        .shell(format!(
            "{} – {}, {label}",
            resolution.title,
            context.meeting_name(&work.id.meeting)
        ))
        .at(format!("/{}", work.id))
        .within(Section::Conferences)
        .described(format!("{line} · {label}: {}", resolution.title))
        .below(vec![
            Link::new("/konferenzen", "Konferenzen"),
            context.conference_link(&work.id.meeting.conference),
            context.meeting_link(&work.id.meeting),
        ])
}

fn outgoing(context: &Context, resolution: &Resolution) -> Result<Vec<Outgoing>, PageError> {
    let mut outgoing = Vec::new();
    for reference in &resolution.references {
        let target = match &reference.target {
            Some(id) => context.resolution_link(id)?,
            None => None,
        };
        outgoing.push(Outgoing {
            kind: wording::reference_kind(reference.kind),
            raw: reference.raw.clone(),
            paragraph: reference.paragraph,
            target,
        });
    }
    Ok(outgoing)
}

fn incoming(context: &Context, work: &Work) -> Result<Vec<Link>, PageError> {
    let mut incoming = Vec::new();
    for id in work.referred_by.iter().filter(|id| **id != work.id) {
        incoming.extend(context.resolution_link(id)?);
    }
    Ok(incoming)
}

/// Returns the wordings, newest first; a single one needs no list.
fn versions(work: &Work, shown: &Version) -> Vec<VersionLink> {
    if work.versions.len() < 2 {
        return Vec::new();
    }
    work.versions
        .iter()
        .rev()
        .map(|version| {
            let day = wording::short_date(wording::german_day(version.first_captured));
            VersionLink {
                link: Link::new(
                    format!("/{}?fassung={}", work.id, version.number),
                    format!("Fassung {}, zuerst erfasst am {day}", version.number),
                ),
                current: version.number == shown.number,
            }
        })
        .collect()
}

/// Returns the resolutions before and after this one in the same meeting.
fn neighbours(context: &Context, work: &Work) -> Result<Vec<(&'static str, Link)>, PageError> {
    let all = context.corpus.resolutions_of(&work.id.meeting)?;
    let Some(position) = all.iter().position(|resolution| resolution.id == work.id) else {
        return Ok(Vec::new());
    };
    let link = |resolution: &Resolution| {
        let label = wording::label_name(&work.id.meeting, &resolution.label);
        Link::new(
            format!("/{}", resolution.id),
            format!("{label}: {}", resolution.title),
        )
    };
    let before = position
        .checked_sub(1)
        .and_then(|position| all.get(position));
    let after = all.get(position + 1);
    Ok(before
        .map(|resolution| ("davor", link(resolution)))
        .into_iter()
        .chain(after.map(|resolution| ("danach", link(resolution))))
        .collect())
}
