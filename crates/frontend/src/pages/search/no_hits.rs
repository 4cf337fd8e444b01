//! What helps when nothing was found: which word is to blame, what each filter hides, where to go on.

use laendersache_searcher::{Reading, Results, Why};

use crate::{
    context::Context,
    filter_field::FilterField,
    page_error::{Link, PageError},
    search_state::SearchState,
    wording,
};

/// At most so many further searches are made to help.
const MOST_PROBES: usize = 6;

/// Help for an empty result.
pub struct NoHits {
    /// Words that stand in no resolution.
    pub dead: Vec<String>,
    /// The query without them, if anything is left.
    pub without_dead: Option<Link>,
    /// The same search without one of its filters, with the number of hits.
    pub without_filter: Vec<(Link, String)>,
    /// Parts of compounds to search instead, with the number of hits.
    pub parts: Vec<(Link, String)>,
}

/// Returns the help, or `None` where there are hits.
///
/// # Errors
/// If the index cannot be read.
pub fn no_hits(
    context: &Context,
    state: &SearchState,
    results: &Results,
) -> Result<Option<NoHits>, PageError> {
    if results.total > 0 {
        return Ok(None);
    }
    let dead = dead_words(&results.interpretation.readings);
    Ok(Some(NoHits {
        without_dead: without(state, &dead),
        without_filter: without_filter(context, state)?,
        parts: parts(context, state, &results.interpretation.readings)?,
        dead,
    }))
}

fn dead_words(readings: &[Reading]) -> Vec<String> {
    readings
        .iter()
        .filter_map(|reading| match reading {
            Reading::Word {
                typed,
                excluded: false,
                documents: 0,
                ..
            } => Some(typed.clone()),
            _ => None,
        })
        .collect()
}

/// Returns the query without the dead words, unless nothing of it is left.
fn without(state: &SearchState, dead: &[String]) -> Option<Link> {
    let kept: Vec<_> = state
        .query
        .split_whitespace()
        .filter(|word| !dead.iter().any(|dead| dead == word))
        .collect();
    let query = kept.join(" ");
    if query.is_empty() || query == state.query {
        return None;
    }
    let shorter = state.changed(|state| state.query.clone_from(&query));
    Some(Link::new(shorter.address("/suche"), query))
}

fn without_filter(
    context: &Context,
    state: &SearchState,
) -> Result<Vec<(Link, String)>, PageError> {
    let mut candidates = Vec::new();
    for field in FilterField::ALL {
        if !field.chosen(&state.filters).is_empty() {
            let wider = state.changed(|state| field.choose(&mut state.filters, &[]));
            candidates.push((format!("ohne den Filter „{}“", field.heading()), wider));
        }
    }
    if state.filters.year_from.is_some() || state.filters.year_to.is_some() {
        let wider = state.changed(|state| {
            state.filters.year_from = None;
            state.filters.year_to = None;
        });
        candidates.push(("ohne die Eingrenzung auf Jahre".to_owned(), wider));
    }
    if candidates.len() > 1 {
        let wider = SearchState::of_query(&state.query);
        candidates.insert(0, ("ohne alle Filter".to_owned(), wider));
    }
    let mut links = Vec::new();
    for (words, wider) in candidates.into_iter().take(MOST_PROBES) {
        let total = total(context, &wider)?;
        if total > 0 {
            let count = wording::counted(total, "Treffer", "Treffer");
            links.push((Link::new(wider.address("/suche"), words), count));
        }
    }
    Ok(links)
}

/// Returns the parts of compounds that were typed and found elsewhere, each with its number of hits.
fn parts(
    context: &Context,
    state: &SearchState,
    readings: &[Reading],
) -> Result<Vec<(Link, String)>, PageError> {
    let mut links = Vec::new();
    for part in typed_parts(readings).into_iter().take(MOST_PROBES) {
        let other = state.changed(|state| state.query.clone_from(&part));
        let total = total(context, &other)?;
        if total > 0 {
            let count = wording::counted(total, "Treffer", "Treffer");
            links.push((Link::new(other.address("/suche"), part), count));
        }
    }
    Ok(links)
}

/// Returns the single parts of the typed compounds; the searcher tells them as "quark … speise".
fn typed_parts(readings: &[Reading]) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for reading in readings {
        let Reading::Word { variants, .. } = reading else {
            continue;
        };
        let compounds = variants.iter().filter(|variant| variant.why == Why::Part);
        for part in compounds.flat_map(|variant| variant.text.split('…')) {
            let part = part.trim();
            if part.chars().count() > 2 && !parts.iter().any(|known| known == part) {
                parts.push(part.to_owned());
            }
        }
    }
    parts
}

/// Returns the number of hits of a search.
fn total(context: &Context, state: &SearchState) -> Result<u64, PageError> {
    let mut request = state.request();
    request.size = 1;
    Ok(context.app.searcher.search(&request)?.total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_query_goes_on_without_its_dead_words() {
        let state = SearchState::of_query("Integration Quarkspeise");
        let link = without(&state, &["Quarkspeise".to_owned()]).expect("a shorter query");
        assert_eq!(
            (link.href.as_str(), link.text.as_str()),
            ("/suche?q=Integration", "Integration")
        );
        assert_eq!(without(&state, &[]), None);
        let only = SearchState::of_query("Quarkspeise");
        assert_eq!(without(&only, &["Quarkspeise".to_owned()]), None);
    }

    #[test]
    fn compounds_are_offered_part_by_part() {
        let variant = |text: &str, why| laendersache_searcher::Variant {
            text: text.to_owned(),
            why,
        };
        let reading = Reading::Word {
            typed: "Sprachkurse".to_owned(),
            excluded: false,
            literal: false,
            variants: vec![
                variant("sprach … kurs", Why::Part),
                variant("Deutschkurs", Why::Synonym),
                variant("kurs", Why::Part),
            ],
            documents: 0,
        };
        assert_eq!(typed_parts(&[reading]), ["sprach", "kurs"]);
    }

    #[test]
    fn excluded_words_are_not_to_blame() {
        let word = |typed: &str, excluded, documents| Reading::Word {
            typed: typed.to_owned(),
            excluded,
            literal: false,
            variants: vec![],
            documents,
        };
        let readings = [word("a", false, 0), word("b", true, 0), word("c", false, 2)];
        assert_eq!(dead_words(&readings), ["a"]);
    }
}
