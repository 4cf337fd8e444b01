//! Numbered pages: the first, the last, and those around the present one.

use crate::search_state::SearchState;

/// A step of the row of page numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A page: its number, its address, and whether it is the present one.
    Page(usize, String, bool),
    /// Pages left out.
    Gap,
}

/// Returns the number of the last page; an empty result has one page.
#[must_use]
pub fn last_page(total: u64, size: usize) -> usize {
    let size = size as u64;
    usize::try_from(total.div_ceil(size).max(1)).unwrap_or(usize::MAX)
}

/// Returns the row of page numbers; a single page needs none.
#[must_use]
pub fn steps(state: &SearchState, total: u64) -> Vec<Step> {
    let last = last_page(total, state.size);
    if last == 1 {
        return Vec::new();
    }
    let mut steps = Vec::new();
    let mut before = 0;
    for number in 1..=last {
        let near = number.abs_diff(state.page) <= 2;
        if number != 1 && number != last && !near {
            continue;
        }
        if number > before + 1 {
            steps.push(Step::Gap);
        }
        before = number;
        let address = state.changed(|state| state.page = number).address("/suche");
        steps.push(Step::Page(number, address, number == state.page));
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: usize, total: u64, expected: &str) {
        let state = SearchState {
            page,
            ..SearchState::of_query("x")
        };
        let drawn: Vec<_> = steps(&state, total)
            .iter()
            .map(|step| match step {
                Step::Page(number, _, true) => format!("[{number}]"),
                Step::Page(number, _, false) => number.to_string(),
                Step::Gap => "…".to_owned(),
            })
            .collect();
        assert_eq!(drawn.join(" "), expected);
    }

    #[test]
    fn the_row_shows_the_ends_and_the_neighbours() {
        check(1, 0, "");
        check(1, 20, "");
        check(1, 21, "[1] 2");
        check(1, 400, "[1] 2 3 … 20");
        check(10, 400, "1 … 8 9 [10] 11 12 … 20");
        check(20, 400, "1 … 18 19 [20]");
        check(4, 400, "1 2 3 [4] 5 6 … 20");
    }

    #[test]
    fn the_last_page_is_never_nought() {
        assert_eq!(
            (last_page(0, 20), last_page(20, 20), last_page(21, 20)),
            (1, 1, 2)
        );
    }
}
