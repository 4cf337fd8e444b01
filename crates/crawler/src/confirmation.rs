//! A person says that a listing that became shorter is right, so that the alarm does not come again every night.

use jiff::Timestamp;
use laendersache_archive::{Archive, Note, NoteEntry};
use laendersache_model::SiteId;

use crate::{crawler::Crawler, error::Error};

/// The kind of the note that a confirmation is kept as.
const LISTING_CONFIRMED: &str = "listing-confirmed";

impl Crawler {
    /// Confirms that what a site shows by `now` is right although it is much less than before.
    ///
    /// Later runs compare with what is there now, and what is missing is asked for to the end. The confirmation is
    /// kept in the archive for ever, with the `remark` of the person who gives it.
    ///
    /// # Errors
    /// [`Error::Archive`] if the archive cannot be written.
    pub fn confirm_listing(
        site: &SiteId,
        archive: &Archive,
        now: Timestamp,
        remark: &str,
    ) -> Result<(), Error> {
        let note = Note {
            site: site.clone(),
            made_at: now,
            kind: LISTING_CONFIRMED.to_owned(),
            text: remark.to_owned(),
        };
        archive.append_note(&note).map_err(|source| Error::Archive {
            site: site.to_string(),
            source,
        })
    }
}

/// Returns when a listing was confirmed last.
pub(crate) fn confirmed_at(notes: &[NoteEntry]) -> Option<Timestamp> {
    let confirmations = notes
        .iter()
        .filter(|entry| entry.note.kind == LISTING_CONFIRMED);
    confirmations.map(|entry| entry.note.made_at).max()
}
