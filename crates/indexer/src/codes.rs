//! The values of closed lists: as small numbers in columns, and as words in addresses and keys.

use laendersache_model::{Land, ResolutionKind, ResolutionState, VoteKind};

/// Outcomes of a vote as they stand in addresses; the code in the column is the place in the list, from 1.
pub const VOTES: [&str; 3] = ["unanimous", "majority", "unknown"];
/// Kinds of paper as they stand in addresses; coded as above.
pub const KINDS: [&str; 3] = ["resolution", "leitantrag", "report"];
/// What became of a TOP, as it stands in addresses; coded as above.
pub const STATES: [&str; 5] = ["decided", "noted", "withdrawn", "postponed", "no_decision"];

/// Returns the code of a vote that a document does or does not report.
#[must_use]
pub fn vote_code(vote: Option<VoteKind>) -> u64 {
    match vote {
        Some(VoteKind::Unanimous) => 1,
        Some(VoteKind::Majority) => 2,
        None => 3,
    }
}

/// Returns the code of a kind of paper.
#[must_use]
pub fn kind_code(kind: ResolutionKind) -> u64 {
    match kind {
        ResolutionKind::Resolution => 1,
        ResolutionKind::Leitantrag => 2,
        ResolutionKind::Report => 3,
    }
}

/// Returns the code of what became of a TOP.
#[must_use]
pub fn state_code(state: ResolutionState) -> u64 {
    match state {
        ResolutionState::Decided => 1,
        ResolutionState::Noted => 2,
        ResolutionState::Withdrawn => 3,
        ResolutionState::Postponed => 4,
        ResolutionState::NoDecision => 5,
    }
}

/// Returns the word of a code of one of the lists; `None` for 0, which means "does not apply".
#[must_use]
pub fn word(list: &[&'static str], code: u64) -> Option<&'static str> {
    let place = usize::try_from(code).ok()?.checked_sub(1)?;
    list.get(place).copied()
}

/// Returns the code of a Land, from 1.
#[must_use]
pub fn land_code(land: Land) -> u64 {
    land as u64 + 1
}

/// Returns a set of Länder as bits, the first Land in the lowest.
#[must_use]
pub fn land_mask(laender: &[Land]) -> u64 {
    laender
        .iter()
        .fold(0, |mask, land| mask | 1 << *land as u64)
}

/// Returns a Land as it stands in addresses: the code in lower case.
#[must_use]
pub fn land_word(land: Land) -> String {
    land.code().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The word that serde writes, which is the one in the addresses of filters.
    fn written<T: serde::Serialize>(value: T) -> String {
        let json = serde_json::to_string(&value).expect("enums can be written");
        json.trim_matches('"').to_owned()
    }

    #[test]
    fn codes_and_words_belong_together() {
        for vote in [VoteKind::Unanimous, VoteKind::Majority] {
            assert_eq!(
                word(&VOTES, vote_code(Some(vote))),
                Some(written(vote).as_str())
            );
        }
        for kind in [
            ResolutionKind::Resolution,
            ResolutionKind::Leitantrag,
            ResolutionKind::Report,
        ] {
            assert_eq!(word(&KINDS, kind_code(kind)), Some(written(kind).as_str()));
        }
        for state in [
            ResolutionState::Decided,
            ResolutionState::Noted,
            ResolutionState::Withdrawn,
            ResolutionState::Postponed,
            ResolutionState::NoDecision,
        ] {
            assert_eq!(
                word(&STATES, state_code(state)),
                Some(written(state).as_str())
            );
        }
        assert_eq!(word(&VOTES, vote_code(None)), Some("unknown"));
    }

    #[test]
    fn codes_outside_the_lists_have_no_word() {
        assert_eq!(word(&VOTES, 0), None);
        assert_eq!(word(&VOTES, 4), None);
        assert_eq!(word(&VOTES, u64::MAX), None);
    }

    #[test]
    fn every_land_has_its_own_bit() {
        assert_eq!(land_mask(&[]), 0);
        assert_eq!(land_mask(&Land::ALL), 0xffff);
        assert_eq!(land_mask(&[Land::Bw, Land::By, Land::By]), 0b11);
        assert_eq!(land_code(Land::Bw), 1);
        assert_eq!(land_word(Land::Th), "th");
    }
}
