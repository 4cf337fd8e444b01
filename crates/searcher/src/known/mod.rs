//! Known items: queries that name one resolution, one meeting or one day, such as "18. IntMK TOP 5.2".

use jiff::civil::Date;
use laendersache_indexer::Key;
use laendersache_model::{Conferences, MeetingId, ResolutionId};

mod names;

use names::{Named, Names, YearOf};

use crate::backend::{Backend, Counting, Wanted};
use crate::tree::Query;
use crate::{Error, Filters, KnownItem, Sort};

/// How many resolutions of a day or year are looked at to learn their meetings.
const MEETING_SAMPLE: usize = 200;

/// A known item, and the query that finds it if it is held.
pub(crate) struct Resolved {
    pub item: KnownItem,
    pub query: Option<Query>,
}

/// Finds the items that queries name.
pub(crate) struct KnownItems {
    names: Names,
}

impl KnownItems {
    pub(crate) fn new(conferences: Conferences) -> Self {
        Self {
            names: Names::new(conferences),
        }
    }

    /// Returns the item that a query names, or `None` if it is an ordinary query.
    pub(crate) fn resolve(
        &self,
        query: &str,
        backend: &dyn Backend,
    ) -> Result<Option<Resolved>, Error> {
        match self.names.named(query.trim()) {
            None => Ok(None),
            Some(Named::Resolution(id)) => resolution(id, backend).map(Some),
            Some(Named::Meeting(id)) => meetings(&[id], backend),
            Some(Named::Year(year)) => self.year(&year, backend),
            Some(Named::Day(day)) => self.day(day, backend),
        }
    }

    fn year(&self, of: &YearOf, backend: &dyn Backend) -> Result<Option<Resolved>, Error> {
        let query = Query::All(vec![
            Query::Keys(vec![(Key::Conference, of.conference.clone())]),
            Query::Keys(vec![(Key::Year, of.year.to_string())]),
        ]);
        let mut ids = held_meetings(&query, backend)?;
        let known = self
            .names
            .conferences
            .get(&of.conference)
            .into_iter()
            .flat_map(|conference| &conference.meetings);
        for meeting in known.filter(|meeting| meeting.year == of.year) {
            if !ids.contains(&meeting.id) {
                ids.push(meeting.id.clone());
            }
        }
        let Some(label) = &of.label else {
            return meetings(&ids, backend);
        };
        let mut first = None;
        for id in ids {
            let resolved = resolution(ResolutionId::new(id, label), backend)?;
            if resolved.query.is_some() {
                return Ok(Some(resolved));
            }
            first = first.or(Some(resolved));
        }
        Ok(first)
    }

    fn day(&self, day: Date, backend: &dyn Backend) -> Result<Option<Resolved>, Error> {
        let query = Query::Keys(vec![(Key::Day, day.to_string())]);
        let mut ids = held_meetings(&query, backend)?;
        if ids.is_empty() {
            let known = self
                .names
                .conferences
                .iter()
                .flat_map(|conference| &conference.meetings);
            let on_day = known.filter(|meeting| {
                let (from, to) = (meeting.from.or(meeting.to), meeting.to.or(meeting.from));
                from.is_some_and(|from| from <= day) && to.is_some_and(|to| day <= to)
            });
            ids.extend(on_day.map(|meeting| meeting.id.clone()));
        }
        meetings(&ids, backend)
    }
}

fn resolution(id: ResolutionId, backend: &dyn Backend) -> Result<Resolved, Error> {
    let id = id.to_string();
    let query = Query::Keys(vec![(Key::Id, id.clone())]);
    let held = backend.count(&query)? > 0;
    Ok(Resolved {
        item: KnownItem::Resolution { id, held },
        query: held.then_some(query),
    })
}

/// Resolves meetings: the one with the most resolutions gives the name, all of them are found.
fn meetings(ids: &[MeetingId], backend: &dyn Backend) -> Result<Option<Resolved>, Error> {
    let key = |id: &MeetingId| (Key::Meeting, id.to_string());
    let mut most: Option<(u64, &MeetingId)> = None;
    for id in ids {
        let resolutions = backend.count(&Query::Keys(vec![key(id)]))?;
        if most.is_none_or(|(best, _)| resolutions > best) {
            most = Some((resolutions, id));
        }
    }
    Ok(most.map(|(resolutions, id)| Resolved {
        item: KnownItem::Meeting {
            id: id.clone(),
            resolutions,
        },
        query: (resolutions > 0).then(|| Query::Keys(ids.iter().map(key).collect())),
    }))
}

fn held_meetings(query: &Query, backend: &dyn Backend) -> Result<Vec<MeetingId>, Error> {
    let wanted = Wanted {
        filters: &Filters::default(),
        sort: Sort::Newest,
        offset: 0,
        size: MEETING_SAMPLE,
        counting: Counting::Hits,
    };
    let mut ids = Vec::new();
    for (_, record) in backend.search(query, &wanted)?.hits {
        ids.extend(record.meeting.filter(|id| !ids.contains(id)));
    }
    Ok(ids)
}

#[cfg(test)]
mod tests;
