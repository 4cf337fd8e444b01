//! The vocabulary of the archive: plain data that every stage shares.
//!
//! `URL → Capture → Document → Resolution → Hit → Page`: each crate is one arrow, this crate holds the nouns.
//! It never does I/O and never reads the clock; `now` is always an argument of those who compute.
//! Read on in `docs/ARCHITECTURE.md` and, for the meaning of every noun, in `docs/GLOSSARY.md`.

mod land;

mod capture;
mod conference;
mod document;
mod meeting;
mod resolution;
mod rotation;
mod rules;
mod site;

pub use capture::{Capture, Digest, InvalidDigest};
pub use conference::{
    ChairTerm, Conference, ConferenceFileError, Conferences, KnownMeeting, MeetingState,
};
pub use document::{Block, BlockKind, Document, DocumentKind, Page, Style, Warning};
pub use land::Land;
pub use meeting::{
    AgendaItem, InvalidId, Meeting, MeetingId, MeetingKind, MeetingNumber, TopLabel,
};
pub use resolution::{
    Applicants, Evidence, Extraction, Paragraph, Reference, ReferenceKind, Resolution,
    ResolutionId, ResolutionKind, ResolutionState, Section, SectionKind, Source, Version, Vote,
    VoteKind, Work,
};
pub use rotation::{
    DayOfYear, Forecast, InvalidDayOfYear, NamedOrder, Rotation, RotationOrder, RotationRule,
};
pub use rules::{Rules, Unanimity};
pub use site::{Site, SiteId, SiteRole};
