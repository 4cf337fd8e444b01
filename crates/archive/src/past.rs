//! What an earlier run did: notes that it left, how its answers began, and what was held before them.

use laendersache_model::{Capture, SiteId};
use url::Url;

use crate::{
    archive::{Archive, State},
    capture_record,
    error::Error,
    exchange::{Note, NoteEntry, ResponseHead},
    http_head, warc_reader,
    writing::writing_of,
};

impl Archive {
    /// Appends a note and commits all that was appended before it.
    ///
    /// # Errors
    /// [`Error::Io`] if the disk refuses.
    pub fn append_note(&self, note: &Note) -> Result<(), Error> {
        let mut state = self.state();
        let State { catalog, writing } = &mut *state;
        let writing = writing_of(writing, &self.dir)?;
        let place = writing.place(note.made_at)?;
        let record = capture_record::note_record(note, &place);
        writing.stage(&record, catalog, || catalog.insert_note(note))?;
        writing.commit(catalog)
    }

    /// Returns at most `limit` notes on a site, newest first.
    ///
    /// # Errors
    /// [`Error::Catalog`] if the catalog cannot be read.
    pub fn notes(&self, site: &SiteId, limit: usize) -> Result<Vec<NoteEntry>, Error> {
        self.state().catalog.notes(site, limit)
    }

    /// Returns the newest capture of a canonical address that has content and came before the capture with the
    /// number `sequence`.
    ///
    /// # Errors
    /// [`Error::Catalog`] if the catalog cannot be read.
    pub fn latest_held_before(&self, url: &Url, sequence: u64) -> Result<Option<Capture>, Error> {
        self.state().catalog.latest_held_before(url, sequence)
    }

    /// Returns the head of the answer that the capture with the number `sequence` keeps, as it is kept: what
    /// described the transfer bears other names.
    ///
    /// # Errors
    /// [`Error::UnknownCapture`] if there is none; [`Error::DamagedRecord`] if it cannot be read any more.
    pub fn response_head(&self, sequence: u64) -> Result<ResponseHead, Error> {
        let place = self
            .state()
            .catalog
            .place(sequence)?
            .ok_or(Error::UnknownCapture(sequence))?;
        let path = self.dir.join(&place.file);
        let record = warc_reader::read_record(&path, place.offset)?;
        let head = http_head::head_end(&record.block).map(|end| &record.block[..end]);
        head.and_then(http_head::parse_response)
            .ok_or_else(|| Error::DamagedRecord {
                path,
                offset: place.offset,
                reason: "no HTTP head".to_owned(),
            })
    }
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::*;
    use crate::{Exchange, Header, RequestHead};

    fn at(minute: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minute)
    }

    fn site() -> SiteId {
        SiteId("intmk-zentral".into())
    }

    fn note(kind: &str, minute: i64) -> Note {
        Note {
            site: site(),
            made_at: at(minute),
            kind: kind.into(),
            text: "Zeile eins\nZeile zwei: ä".into(),
        }
    }

    fn append(archive: &Archive, status: u16, minute: i64) -> Capture {
        let url = Url::parse("https://www.intmk.example/a.html").unwrap();
        let exchange = Exchange {
            site: site(),
            url_raw: url.to_string(),
            url,
            fetched_at: at(minute),
            peer: None,
            request: RequestHead::default(),
            response: ResponseHead {
                status,
                reason: String::new(),
                headers: vec![Header::new("Location", format!("/{minute}"))],
            },
        };
        let payload = format!("Fassung {minute}");
        archive.append(&exchange, payload.as_bytes()).unwrap()
    }

    #[test]
    fn notes_are_kept_with_their_place_even_if_the_catalog_is_lost() {
        let dir = tempfile::tempdir().unwrap();
        let archive = Archive::open(dir.path()).unwrap();
        archive.append_note(&note("begun", 0)).unwrap();
        append(&archive, 200, 1);
        append(&archive, 302, 2);
        archive.append_note(&note("confirmed", 3)).unwrap();
        let expected = [(2, note("confirmed", 3)), (0, note("begun", 0))]
            .map(|(after, note)| NoteEntry { after, note });
        assert_eq!(archive.notes(&site(), 9).unwrap(), expected);
        assert_eq!(archive.notes(&site(), 1).unwrap(), expected[..1]);
        assert_eq!(archive.notes(&SiteId("other".into()), 9).unwrap(), []);
        assert!(archive.rebuild_catalog().unwrap().len() <= 1);
        assert_eq!(archive.notes(&site(), 9).unwrap(), expected);
        assert!(archive.verify().unwrap().is_sound());
    }

    #[test]
    fn what_was_held_before_a_capture_is_found() {
        let dir = tempfile::tempdir().unwrap();
        let archive = Archive::open(dir.path()).unwrap();
        let first = append(&archive, 200, 0);
        append(&archive, 404, 1);
        let third = append(&archive, 200, 2);
        let before = |sequence| archive.latest_held_before(&first.url, sequence).unwrap();
        assert_eq!(before(1), None);
        assert_eq!(before(2).as_ref(), Some(&first));
        assert_eq!(before(3).as_ref(), Some(&first));
        assert_eq!(before(4).as_ref(), Some(&third));
    }

    #[test]
    fn the_head_of_an_answer_is_read_again() {
        let dir = tempfile::tempdir().unwrap();
        let archive = Archive::open(dir.path()).unwrap();
        append(&archive, 200, 0);
        append(&archive, 302, 7);
        let head = archive.response_head(2).unwrap();
        assert_eq!(
            (head.status, head.header("location").as_deref()),
            (302, Some("/7"))
        );
        assert!(matches!(
            archive.response_head(3),
            Err(Error::UnknownCapture(3))
        ));
    }

    #[test]
    fn a_catalog_from_before_there_were_notes_is_taken_over() {
        let dir = tempfile::tempdir().unwrap();
        let archive = Archive::open(dir.path()).unwrap();
        let capture = append(&archive, 200, 0);
        drop(archive);
        let catalog = rusqlite::Connection::open(dir.path().join("catalog.sqlite")).unwrap();
        catalog
            .execute_batch("DROP TABLE note; PRAGMA user_version = 1")
            .unwrap();
        drop(catalog);
        let archive = Archive::open(dir.path()).unwrap();
        assert!(archive.repairs().is_empty(), "nothing is read again");
        assert_eq!(archive.latest(&capture.url).unwrap(), Some(capture));
        archive.append_note(&note("begun", 5)).unwrap();
        assert_eq!(archive.notes(&site(), 9).unwrap()[0].after, 1);
    }
}
