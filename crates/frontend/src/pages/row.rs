//! A resolution as one row of a list: title, where it was decided, and what is remarkable about it.

use laendersache_model::{Land, Meeting, Resolution, ResolutionKind, ResolutionState, VoteKind};

use crate::{context::Context, wording};

/// One resolution in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its address.
    pub href: String,
    /// "TOP 2.7".
    pub label: String,
    /// Its title.
    pub title: String,
    /// "13. IntMK · 15./16.03.2018 · Vorsitz: Bayern".
    pub line: String,
    /// Remarkable things.
    pub flags: Vec<Flag>,
}

/// Something remarkable about a resolution, in one or two words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// The words.
    pub text: String,
    /// Name of its look: `plain`, `good`, `note`, `quiet`.
    pub look: &'static str,
}

impl Flag {
    fn new(text: impl Into<String>, look: &'static str) -> Self {
        Self {
            text: text.into(),
            look,
        }
    }
}

/// Builds the row of a resolution.
pub fn row(context: &Context, meeting: &Meeting, resolution: &Resolution) -> Row {
    Row {
        href: format!("/{}", resolution.id),
        label: wording::label_name(&meeting.id, &resolution.label),
        title: resolution.title.clone(),
        line: context.meeting_line(meeting),
        flags: flags(resolution),
    }
}

/// Returns what is remarkable: kind, vote, statements, and whether anything was decided at all.
pub fn flags(resolution: &Resolution) -> Vec<Flag> {
    let mut flags = Vec::new();
    if resolution.kind != ResolutionKind::Resolution {
        flags.push(Flag::new(
            wording::resolution_kind(resolution.kind),
            "plain",
        ));
    }
    match resolution.vote.as_ref().map(|vote| vote.kind) {
        Some(kind @ VoteKind::Unanimous) => flags.push(Flag::new(wording::vote_kind(kind), "good")),
        Some(kind @ VoteKind::Majority) => flags.push(Flag::new(wording::vote_kind(kind), "note")),
        None => {}
    }
    let mut laender: Vec<Land> = Vec::new();
    for land in resolution.statements().flat_map(|section| &section.laender) {
        if !laender.contains(land) {
            laender.push(*land);
        }
    }
    if !laender.is_empty() {
        let words = format!("Protokollerklärung: {}", wording::laender(&laender));
        flags.push(Flag::new(words, "note"));
    } else if resolution.statements().next().is_some() {
        flags.push(Flag::new("Protokollerklärung", "note"));
    }
    if resolution.state != ResolutionState::Decided {
        flags.push(Flag::new(
            wording::resolution_state(resolution.state),
            "quiet",
        ));
    }
    flags
}
