//! Records that match → hits: marks on exactly what matched, and the excerpts that show it best.

mod marker;
mod window;

use std::cmp::Reverse;
use std::ops::Range;

use laendersache_indexer::{Record, RecordSection};

pub(crate) use marker::Marker;
use marker::{Found, Part};
use window::{Excerpt, excerpt};

use crate::{Highlighted, Hit, Snippet};

/// A hit shows at most so many excerpts.
const MAX_SNIPPETS: usize = 3;

/// Longer texts are marked only up to here, so that one giant passage cannot slow a search down.
const MAX_MARKED_BYTES: usize = 256 << 10;

/// Makes a hit of a record.
pub(crate) fn hit(score: f32, record: Record, marker: &Marker<'_>) -> Hit {
    let marks = marker
        .find(&record.title, Part::Title)
        .into_iter()
        .map(|found| found.range);
    let marks = disjoint(marks.collect());
    let snippets = snippets(&record.sections, marker);
    Hit {
        id: record.id,
        score,
        title: Highlighted {
            text: record.title,
            marks,
        },
        meeting: record.meeting,
        label: record.label,
        date: record.date,
        place: record.place,
        chair: record.chair,
        vote: record.vote,
        page_from: record.page_from,
        snippets,
    }
}

struct Candidate<'a> {
    section: &'a RecordSection,
    excerpt: Excerpt,
    place: usize,
}

/// The excerpts with the most different words; where nothing is marked, how the text begins.
fn snippets(sections: &[RecordSection], marker: &Marker<'_>) -> Vec<Snippet> {
    let mut candidates = Vec::new();
    let mut bytes = 0;
    for (place, section) in sections.iter().enumerate() {
        bytes += section.text.len();
        let found = if bytes <= MAX_MARKED_BYTES {
            marker.find(&section.text, Part::Text)
        } else {
            Vec::new()
        };
        if found.is_empty() && place > 0 {
            continue;
        }
        candidates.push(Candidate {
            section,
            excerpt: excerpt(&section.text, &found),
            place,
        });
    }
    candidates.sort_by_key(|candidate| (Reverse(candidate.excerpt.words), candidate.place));
    let best = candidates
        .first()
        .map_or(0, |candidate| candidate.excerpt.words);
    candidates.retain(|candidate| best == 0 || candidate.excerpt.words > 0);
    candidates.truncate(MAX_SNIPPETS);
    candidates
        .into_iter()
        .map(|candidate| snippet(&candidate))
        .collect()
}

fn snippet(candidate: &Candidate<'_>) -> Snippet {
    Snippet {
        section: candidate.section.kind,
        paragraph: candidate.section.paragraph,
        page: candidate.section.page,
        text: candidate.excerpt.text.clone(),
    }
}

/// Sorts ranges and joins those that overlap.
fn disjoint(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// The marks of what was found, without the words they belong to.
fn marks(found: &[Found]) -> Vec<Range<usize>> {
    disjoint(found.iter().map(|found| found.range.clone()).collect())
}

#[cfg(test)]
mod tests;
