//! The state of a search as it stands in an address: read leniently, written canonically.

use laendersache_searcher::{Filters, SearchRequest, Sort};
use url::form_urlencoded;

use crate::filter_field::FilterField;

/// How many hits a page may show; the first is the default.
pub const PAGE_SIZES: [usize; 3] = [20, 50, 100];

/// Orders in addresses, with their words.
pub const SORTS: [(&str, Sort, &str); 3] = [
    ("relevanz", Sort::Relevance, "Relevanz"),
    ("neueste", Sort::Newest, "Neueste zuerst"),
    ("aelteste", Sort::Oldest, "Älteste zuerst"),
];

const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
];

/// Everything that decides what a result page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchState {
    /// What was typed.
    pub query: String,
    /// What was chosen beside it.
    pub filters: Filters,
    /// The order of the hits.
    pub sort: Sort,
    /// The page, counted from 1.
    pub page: usize,
    /// Hits per page, one of [`PAGE_SIZES`].
    pub size: usize,
    /// Words to be taken literally.
    pub literal: Vec<String>,
    /// Parameters whose value could not be understood: name and value.
    pub unread: Vec<(String, String)>,
}

impl Default for SearchState {
    fn default() -> Self {
        Self {
            query: String::new(),
            filters: Filters::default(),
            sort: Sort::default(),
            page: 1,
            size: PAGE_SIZES[0],
            literal: Vec::new(),
            unread: Vec::new(),
        }
    }
}

impl SearchState {
    /// Reads the query string of an address; what cannot be understood is kept in `unread`, never an error.
    #[must_use]
    pub fn parse(query_string: &str) -> Self {
        let mut state = Self::default();
        for (name, value) in form_urlencoded::parse(query_string.as_bytes()) {
            let value = value.trim();
            if !value.is_empty() && !state.read(&name, value) {
                state.unread.push((name.into_owned(), value.to_owned()));
            }
        }
        state
    }

    /// Returns the state of a query without anything chosen.
    #[must_use]
    pub fn of_query(query: &str) -> Self {
        Self {
            query: query.to_owned(),
            ..Self::default()
        }
    }

    /// Returns the state after a change, on the first page.
    #[must_use]
    pub fn changed(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut state = self.clone();
        state.page = 1;
        state.unread.clear();
        change(&mut state);
        state
    }

    /// Returns the state with a value of a field chosen, or no longer chosen.
    #[must_use]
    pub fn toggled(&self, field: FilterField, value: &str) -> Self {
        self.changed(|state| {
            let mut values = field.chosen(&state.filters);
            let before = values.len();
            values.retain(|chosen| chosen != value);
            if values.len() == before {
                values.push(value.to_owned());
            }
            field.choose(&mut state.filters, &values);
        })
    }

    /// Returns the parameters in their canonical order, defaults left out.
    #[must_use]
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let mut parameters = Vec::new();
        if !self.query.is_empty() {
            parameters.push(("q", self.query.clone()));
        }
        for field in FilterField::ALL {
            let values = field.chosen(&self.filters);
            parameters.extend(values.into_iter().map(|value| (field.parameter(), value)));
        }
        match (self.filters.year_from, self.filters.year_to) {
            (Some(from), Some(to)) if from == to => parameters.push(("jahr", from.to_string())),
            (from, to) => {
                parameters.extend(from.map(|year| ("von", year.to_string())));
                parameters.extend(to.map(|year| ("bis", year.to_string())));
            }
        }
        let literal = self.literal.iter();
        parameters.extend(literal.map(|word| ("woertlich", word.clone())));
        if let Some((name, ..)) = SORTS[1..].iter().find(|row| row.1 == self.sort) {
            parameters.push(("sort", (*name).to_owned()));
        }
        if self.size != PAGE_SIZES[0] {
            parameters.push(("anzahl", self.size.to_string()));
        }
        if self.page > 1 {
            parameters.push(("seite", self.page.to_string()));
        }
        parameters
    }

    /// Returns the address of this state under a path such as `/suche`.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in self.parameters() {
            query.append_pair(name, &value);
        }
        let query = query.finish();
        if query.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{query}")
        }
    }

    /// Returns what the searcher is asked.
    #[must_use]
    pub fn request(&self) -> SearchRequest {
        SearchRequest {
            query: self.query.clone(),
            filters: self.filters.clone(),
            sort: self.sort,
            offset: (self.page - 1).saturating_mul(self.size),
            size: self.size,
            literal: self.literal.clone(),
        }
    }

    /// Takes one parameter over; false if its value cannot be understood.
    fn read(&mut self, name: &str, value: &str) -> bool {
        if let Some(field) = FilterField::from_parameter(name) {
            let Some(value) = field.address_value(value) else {
                return false;
            };
            let mut values = field.chosen(&self.filters);
            if !values.contains(&value) {
                values.push(value);
            }
            field.choose(&mut self.filters, &values);
            return true;
        }
        match name {
            "q" => self.query = value.to_owned(),
            "woertlich" => self.literal.push(value.to_owned()),
            "jahr" | "von" | "bis" => return self.read_years(name, value),
            "sort" => match SORTS.iter().find(|row| row.0 == value) {
                Some(row) => self.sort = row.1,
                None => return false,
            },
            "anzahl" => match value.parse() {
                Ok(size) if PAGE_SIZES.contains(&size) => self.size = size,
                _ => return false,
            },
            // Nobody leafs to a page beyond the millionth; a larger number would only overflow.
            "seite" => match value.parse() {
                Ok(page @ 1..=1_000_000) => self.page = page,
                _ => return false,
            },
            // Parameters of others (campaign marks of mail programs) are no mistake of the reader.
            _ => {}
        }
        true
    }

    fn read_years(&mut self, name: &str, value: &str) -> bool {
        let (from, to) = match value.split_once("..") {
            Some((from, to)) if name == "jahr" => (year_of(from), year_of(to)),
            _ => (year_of(value), year_of(value)),
        };
        if from.is_none() || to.is_none() {
            return false;
        }
        if name != "bis" {
            self.filters.year_from = from;
        }
        if name != "von" {
            self.filters.year_to = to;
        }
        true
    }
}

/// Returns the year of `2018`, `03.2018`, `16.03.2018`, `2018-03-16` or `16. März 2018`.
#[must_use]
pub fn year_of(text: &str) -> Option<i16> {
    let parts: Vec<&str> = text
        .split(['.', '-', '/', ' '])
        .filter(|part| !part.is_empty())
        .collect();
    let is_year = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_day_or_month = |part: &str| {
        let lower = part.to_lowercase();
        matches!(part.parse::<u8>(), Ok(1..=31)) || MONTHS.contains(&lower.as_str())
    };
    let (years, others): (Vec<&str>, Vec<&str>) = parts.iter().partition(|part| is_year(part));
    if years.len() != 1 || others.len() > 2 || !others.iter().all(|part| is_day_or_month(part)) {
        return None;
    }
    years[0]
        .parse()
        .ok()
        .filter(|year| (1900..=2200).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_all_usual_forms_give_their_year() {
        for (text, expected) in [
            ("2018", Some(2018)),
            ("03.2018", Some(2018)),
            ("16.03.2018", Some(2018)),
            ("16.3.2018", Some(2018)),
            ("2018-03", Some(2018)),
            ("2018-03-16", Some(2018)),
            ("16. März 2018", Some(2018)),
            ("März 2018", Some(2018)),
            ("18", None),
            ("2018 2019", None),
            ("0000", None),
            ("99.2018", None),
            ("x2018", None),
            ("", None),
            ("1.2.3.2018", None),
        ] {
            assert_eq!(year_of(text), expected, "{text}");
        }
    }

    #[test]
    fn a_canonical_address_reads_as_the_same_state() {
        for query in [
            "",
            "q=Integrationskurse",
            "q=a+b%26c&konferenz=intmk&konferenz=gmk&vorsitz=by&jahr=2018",
            "land=nw&abstimmung=einstimmig&erklaerung=by&art=leitantrag&adressat=BAMF&stand=vertagt",
            "q=x&von=2015&bis=2020&woertlich=Kurs&sort=neueste&anzahl=50&seite=3",
        ] {
            let state = SearchState::parse(query);
            assert!(state.unread.is_empty(), "{query}: {:?}", state.unread);
            let address = state.address("/suche");
            let expected = if query.is_empty() {
                "/suche".to_owned()
            } else {
                format!("/suche?{query}")
            };
            assert_eq!(address, expected);
        }
    }

    #[test]
    fn what_cannot_be_understood_is_kept_apart_and_named() {
        let state = SearchState::parse(
            "q=%FF%FE&vorsitz=xx&jahr=bald&sort=zufall&seite=0&anzahl=7&seite=99999999999999999999&utm_source=mail",
        );
        let names: Vec<_> = state.unread.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            ["vorsitz", "jahr", "sort", "seite", "anzahl", "seite"]
        );
        assert_eq!((state.page, state.size), (1, 20));
        assert_eq!(state.filters, Filters::default());
    }

    #[test]
    fn years_are_ranges() {
        for (query, from, to) in [
            ("jahr=2018", Some(2018), Some(2018)),
            ("jahr=2015..2020", Some(2015), Some(2020)),
            ("von=16.03.2015", Some(2015), None),
            ("bis=2020-12", None, Some(2020)),
        ] {
            let filters = SearchState::parse(query).filters;
            assert_eq!((filters.year_from, filters.year_to), (from, to), "{query}");
        }
    }

    #[test]
    fn choosing_a_value_twice_takes_it_back_and_returns_to_the_first_page() {
        let state = SearchState::parse("q=x&vorsitz=by&seite=4");
        let both = state.toggled(FilterField::Chair, "nw");
        assert_eq!(both.address("/suche"), "/suche?q=x&vorsitz=by&vorsitz=nw");
        let none = both
            .toggled(FilterField::Chair, "by")
            .toggled(FilterField::Chair, "nw");
        assert_eq!(none.address("/suche"), "/suche?q=x");
        assert_eq!(none.filters, Filters::default());
    }

    #[test]
    fn the_request_asks_for_the_hits_of_the_page() {
        let request = SearchState::parse("q=x&anzahl=50&seite=3").request();
        assert_eq!((request.offset, request.size), (100, 50));
    }
}
