//! A resolution as JSON, under the address of its page with `.json` behind it.

use laendersache_model::{Meeting, Resolution, Source, Version, Work};
use serde::Serialize;

use crate::context::{Context, file_address};

/// A resolution with all its wordings.
#[derive(Debug, Serialize)]
pub struct ResolutionAnswer<'a> {
    id: String,
    url: String,
    meeting: MeetingAnswer<'a>,
    current_version: u32,
    versions: Vec<VersionAnswer<'a>>,
    referred_by: Vec<String>,
}

/// The meeting that decided.
#[derive(Debug, Serialize)]
struct MeetingAnswer<'a> {
    id: String,
    name: String,
    from: Option<String>,
    to: Option<String>,
    place: Option<&'a str>,
    chair: Option<&'static str>,
}

/// One wording.
#[derive(Debug, Serialize)]
struct VersionAnswer<'a> {
    number: u32,
    first_captured: String,
    resolution: &'a Resolution,
    sources: Vec<SourceAnswer>,
}

/// A file that carries the wording.
#[derive(Debug, Serialize)]
struct SourceAnswer {
    url: String,
    site: String,
    first_captured: String,
    sha256: String,
    archived_copy: String,
    page_from: u32,
    page_to: u32,
}

/// Builds the answer.
pub(crate) fn json<'a>(context: &Context, work: &'a Work) -> ResolutionAnswer<'a> {
    ResolutionAnswer {
        id: work.id.to_string(),
        url: context.app.site.absolute(&format!("/{}", work.id)),
        meeting: meeting(context, &work.meeting),
        current_version: work.current().number,
        versions: work
            .versions
            .iter()
            .map(|version| version_answer(context, version))
            .collect(),
        referred_by: work.referred_by.iter().map(ToString::to_string).collect(),
    }
}

fn meeting<'a>(context: &Context, meeting: &'a Meeting) -> MeetingAnswer<'a> {
    MeetingAnswer {
        id: meeting.id.to_string(),
        name: context.meeting_name(&meeting.id),
        from: meeting.from.map(|day| day.to_string()),
        to: meeting.to.map(|day| day.to_string()),
        place: meeting.place.as_deref(),
        chair: meeting.chair.map(laendersache_model::Land::code),
    }
}

fn version_answer<'a>(context: &Context, version: &'a Version) -> VersionAnswer<'a> {
    VersionAnswer {
        number: version.number,
        first_captured: version.first_captured.to_string(),
        resolution: &version.resolution,
        sources: version
            .sources
            .iter()
            .map(|source| source_answer(context, source))
            .collect(),
    }
}

fn source_answer(context: &Context, source: &Source) -> SourceAnswer {
    SourceAnswer {
        url: source.url.to_string(),
        site: source.site.to_string(),
        first_captured: source.first_captured.to_string(),
        sha256: source.digest.to_string(),
        archived_copy: context.app.site.absolute(&file_address(source)),
        page_from: source.page_from,
        page_to: source.page_to,
    }
}
