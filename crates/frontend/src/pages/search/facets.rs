//! Ways to narrow a result: values with exact counts, the histogram of years, and the filters in force.

use laendersache_searcher::Facet;

use crate::{
    context::Context, filter_field::FilterField, page_error::Link, search_state::SearchState,
    wording,
};

/// How many values of a field are shown before the rest is folded away.
const UNFOLDED: usize = 8;

/// Years further apart than this are not filled with empty bars.
const MOST_YEARS: i16 = 60;

/// Height of the highest bar.
const BAR_HEIGHT: u64 = 56;

/// A field with its values.
pub struct FacetView {
    /// Heading.
    pub heading: &'static str,
    /// The values shown at once.
    pub values: Vec<FacetChoice>,
    /// The values folded away.
    pub more: Vec<FacetChoice>,
}

/// A value that can be chosen or taken back.
pub struct FacetChoice {
    /// Address after the choice.
    pub href: String,
    /// The value in words.
    pub text: String,
    /// Number of hits.
    pub count: String,
    /// True if it is chosen.
    pub chosen: bool,
}

/// A year of the histogram.
pub struct Bar {
    /// The year.
    pub year: i16,
    /// Number of hits.
    pub count: u64,
    /// Address after the choice.
    pub href: String,
    /// Height of the bar.
    pub height: u64,
    /// True if the year is within the chosen range.
    pub chosen: bool,
}

/// Returns the fields that tell hits apart.
pub fn facets(context: &Context, state: &SearchState, facets: &[Facet]) -> Vec<FacetView> {
    FilterField::ALL
        .into_iter()
        .filter_map(|field| facet(context, state, field, facets))
        .collect()
}

fn facet(
    context: &Context,
    state: &SearchState,
    field: FilterField,
    facets: &[Facet],
) -> Option<FacetView> {
    let chosen = field.chosen(&state.filters);
    let counted = facets.iter().find(|facet| facet.field == field.facet());
    let mut rows: Vec<(String, u64)> = counted
        .into_iter()
        .flat_map(|facet| &facet.values)
        .filter_map(|value| Some((field.address_value(&value.value)?, value.count)))
        .collect();
    for value in &chosen {
        if !rows.iter().any(|row| row.0 == *value) {
            rows.push((value.clone(), 0));
        }
    }
    // A single value that is not chosen narrows nothing.
    if rows.len() < 2 && chosen.is_empty() {
        return None;
    }
    rows.sort_by_key(|row| !chosen.contains(&row.0));
    let mut values: Vec<_> = rows
        .into_iter()
        .map(|(value, count)| FacetChoice {
            href: state.toggled(field, &value).address("/suche"),
            text: field.words(&context.app.conferences, &value),
            count: wording::number(count),
            chosen: chosen.contains(&value),
        })
        .collect();
    let more = values.split_off(values.len().min(UNFOLDED));
    Some(FacetView {
        heading: field.heading(),
        values,
        more,
    })
}

/// Returns a bar for every year from the first to the last with hits.
pub fn histogram(state: &SearchState, facets: &[Facet]) -> Vec<Bar> {
    let mut counts: Vec<(i16, u64)> = facets
        .iter()
        .filter(|facet| facet.field == "year")
        .flat_map(|facet| &facet.values)
        .filter_map(|value| Some((value.value.parse().ok()?, value.count)))
        .collect();
    counts.sort_unstable();
    let (Some(first), Some(last)) = (counts.first(), counts.last()) else {
        return Vec::new();
    };
    let (first, last) = (first.0, last.0);
    let years: Vec<i16> = if last - first <= MOST_YEARS {
        (first..=last).collect()
    } else {
        counts.iter().map(|(year, _)| *year).collect()
    };
    let count_of = |year: i16| {
        counts
            .iter()
            .find(|row| row.0 == year)
            .map_or(0, |row| row.1)
    };
    let highest = counts.iter().map(|row| row.1).max().unwrap_or(1).max(1);
    years
        .into_iter()
        .map(|year| bar(state, year, count_of(year), highest))
        .collect()
}

fn bar(state: &SearchState, year: i16, count: u64, highest: u64) -> Bar {
    let filters = &state.filters;
    let is_filtered = filters.year_from.is_some() || filters.year_to.is_some();
    let within = filters.year_from.is_none_or(|from| from <= year)
        && filters.year_to.is_none_or(|to| year <= to);
    let only = filters.year_from == Some(year) && filters.year_to == Some(year);
    let choice = if only { None } else { Some(year) };
    // Few hits must still be seen, so every year with hits has a bar of at least three units.
    let height = match count {
        0 => 0,
        count => (count * BAR_HEIGHT / highest).max(3),
    };
    Bar {
        year,
        count,
        href: state
            .changed(|state| {
                state.filters.year_from = choice;
                state.filters.year_to = choice;
            })
            .address("/suche"),
        height,
        chosen: is_filtered && within,
    }
}

/// Returns a link for every filter in force; following it takes the filter back.
pub fn active_filters(context: &Context, state: &SearchState) -> Vec<Link> {
    let mut active = Vec::new();
    for field in FilterField::ALL {
        for value in field.chosen(&state.filters) {
            let words = field.words(&context.app.conferences, &value);
            active.push(Link::new(
                state.toggled(field, &value).address("/suche"),
                format!("{}: {words}", field.heading()),
            ));
        }
    }
    if let Some(words) = years_in_words(state.filters.year_from, state.filters.year_to) {
        let without = state.changed(|state| {
            state.filters.year_from = None;
            state.filters.year_to = None;
        });
        active.push(Link::new(without.address("/suche"), words));
    }
    active
}

fn years_in_words(from: Option<i16>, to: Option<i16>) -> Option<String> {
    match (from, to) {
        (None, None) => None,
        (Some(from), Some(to)) if from == to => Some(format!("Jahr: {from}")),
        (Some(from), Some(to)) => Some(format!("Jahre: {from} bis {to}")),
        (Some(from), None) => Some(format!("Jahre: ab {from}")),
        (None, Some(to)) => Some(format!("Jahre: bis {to}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use laendersache_searcher::FacetValue;

    fn years(values: &[(&str, u64)]) -> Vec<Facet> {
        vec![Facet {
            field: "year".to_owned(),
            values: values
                .iter()
                .map(|(value, count)| FacetValue {
                    value: (*value).to_owned(),
                    count: *count,
                })
                .collect(),
        }]
    }

    #[test]
    fn years_without_hits_have_an_empty_bar() {
        let bars = histogram(
            &SearchState::of_query("x"),
            &years(&[("2016", 1), ("2018", 28)]),
        );
        let drawn: Vec<_> = bars
            .iter()
            .map(|bar| (bar.year, bar.count, bar.height))
            .collect();
        assert_eq!(drawn, [(2016, 1, 3), (2017, 0, 0), (2018, 28, 56)]);
        assert_eq!(bars[2].href, "/suche?q=x&jahr=2018");
        assert!(bars.iter().all(|bar| !bar.chosen));
    }

    #[test]
    fn the_chosen_year_is_taken_back_by_its_bar() {
        let bars = histogram(
            &SearchState::parse("q=x&jahr=2018"),
            &years(&[("2017", 2), ("2018", 4)]),
        );
        assert!(bars[1].chosen && !bars[0].chosen);
        assert_eq!(bars[1].href, "/suche?q=x");
    }

    #[test]
    fn a_wrong_year_far_away_does_not_draw_centuries() {
        let bars = histogram(&SearchState::default(), &years(&[("1018", 1), ("2018", 1)]));
        assert_eq!(bars.len(), 2);
        assert!(histogram(&SearchState::default(), &[]).is_empty());
    }

    #[test]
    fn ranges_of_years_are_told_in_words() {
        for (from, to, expected) in [
            (Some(2018), Some(2018), Some("Jahr: 2018")),
            (Some(2015), Some(2018), Some("Jahre: 2015 bis 2018")),
            (Some(2015), None, Some("Jahre: ab 2015")),
            (None, Some(2018), Some("Jahre: bis 2018")),
            (None, None, None),
        ] {
            assert_eq!(years_in_words(from, to).as_deref(), expected);
        }
    }
}
