//! Values in forms that sort: days as numbers, and ids as people count.

use jiff::civil::Date;

/// Returns a day as the number `yyyymmdd`.
#[must_use]
pub fn date_number(date: Date) -> u64 {
    date.year().max(0) as u64 * 10_000 + date.month() as u64 * 100 + date.day() as u64
}

/// Returns an id in a form whose byte order is the order in which people count: every run of digits is preceded by
/// its length, so that `top/2.9` stands before `top/2.10`.
#[must_use]
pub fn sort_id(id: &str) -> String {
    let mut key = String::with_capacity(id.len() + 8);
    let mut rest = id;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|character: char| character.is_ascii_digit() != first.is_ascii_digit());
        let (run, tail) = rest.split_at(end.unwrap_or(rest.len()));
        if first.is_ascii_digit() {
            key.push(char::from(b'0' + run.len().min(70) as u8));
        }
        key.push_str(run);
        rest = tail;
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn sort_ids_count_as_people_do() {
        let mut ids = [
            "intmk/13/top/2.10",
            "intmk/13/top/2.9",
            "intmk/9/top/1",
            "intmk/13/top/2.9b",
        ];
        ids.sort_by_key(|id| sort_id(id));
        let expected = [
            "intmk/9/top/1",
            "intmk/13/top/2.9",
            "intmk/13/top/2.9b",
            "intmk/13/top/2.10",
        ];
        assert_eq!(ids, expected);
    }

    #[test]
    fn sort_ids_of_different_ids_differ() {
        for (left, right) in [("a1", "a01"), ("", "0"), ("1.2", "12"), ("ä9", "ä10")] {
            assert_ne!(sort_id(left), sort_id(right), "{left} {right}");
        }
    }

    #[test]
    fn days_become_sortable_numbers() {
        assert_eq!(date_number(date(2018, 3, 16)), 20_180_316);
        assert_eq!(date_number(date(-5, 1, 1)), 101);
    }
}
