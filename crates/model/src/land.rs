//! The sixteen Länder: codes, names and the spellings under which protocols name them.

use serde::{Deserialize, Serialize};

/// One of the sixteen German Länder, in the alphabetical order by which the chairs rotate.
#[allow(missing_docs)] // The variants are the official codes; `name` spells them out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Land {
    Bw,
    By,
    Be,
    Bb,
    Hb,
    Hh,
    He,
    Mv,
    Ni,
    Nw,
    Rp,
    Sl,
    Sn,
    St,
    Sh,
    Th,
}

/// Spellings beside the code and the name, lower case; "NRW" and "RLP" are the common abbreviations.
const OTHER_SPELLINGS: [(&str, Land); 9] = [
    ("nrw", Land::Nw),
    ("rlp", Land::Rp),
    ("freistaat bayern", Land::By),
    ("freistaat sachsen", Land::Sn),
    ("freistaat thüringen", Land::Th),
    ("freie hansestadt bremen", Land::Hb),
    ("freie und hansestadt hamburg", Land::Hh),
    ("mecklenburg-vorp.", Land::Mv),
    ("das saarland", Land::Sl),
];

impl Land {
    /// All Länder in rotation order.
    pub const ALL: [Self; 16] = [
        Self::Bw,
        Self::By,
        Self::Be,
        Self::Bb,
        Self::Hb,
        Self::Hh,
        Self::He,
        Self::Mv,
        Self::Ni,
        Self::Nw,
        Self::Rp,
        Self::Sl,
        Self::Sn,
        Self::St,
        Self::Sh,
        Self::Th,
    ];

    /// Returns the official two-letter code, upper case.
    #[must_use]
    pub fn code(self) -> &'static str {
        [
            "BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST",
            "SH", "TH",
        ][self as usize]
    }

    /// Returns the short German name.
    #[must_use]
    pub fn name(self) -> &'static str {
        [
            "Baden-Württemberg",
            "Bayern",
            "Berlin",
            "Brandenburg",
            "Bremen",
            "Hamburg",
            "Hessen",
            "Mecklenburg-Vorpommern",
            "Niedersachsen",
            "Nordrhein-Westfalen",
            "Rheinland-Pfalz",
            "Saarland",
            "Sachsen",
            "Sachsen-Anhalt",
            "Schleswig-Holstein",
            "Thüringen",
        ][self as usize]
    }

    /// Returns the Land of an official code in any case, or `None`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|land| land.code().eq_ignore_ascii_case(code))
    }

    /// Returns the Land that a protocol names: code, name, genitive ("Bayerns") or a common spelling.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        let spelled = |candidate: &str| {
            Self::ALL.into_iter().find(|land| {
                land.name().to_lowercase() == candidate || land.code().to_lowercase() == candidate
            })
        };
        spelled(&name)
            .or_else(|| {
                OTHER_SPELLINGS
                    .iter()
                    .find(|(spelling, _)| *spelling == name)
                    .map(|(_, land)| *land)
            })
            .or_else(|| {
                name.strip_suffix("es")
                    .filter(|stem| *stem == "saarland")
                    .and_then(spelled)
            })
            .or_else(|| {
                name.strip_suffix('s')
                    .filter(|stem| stem.len() > 3)
                    .and_then(spelled)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_land_is_found_by_code_name_and_genitive() {
        for land in Land::ALL {
            assert_eq!(Land::from_code(land.code()), Some(land));
            assert_eq!(Land::from_name(land.name()), Some(land));
            assert_eq!(Land::from_name(&format!("{}s", land.name())), Some(land));
        }
        assert_eq!(Land::from_name("des Saarlandes"), None);
        assert_eq!(Land::from_name("Saarlandes"), Some(Land::Sl));
        assert_eq!(Land::from_name("NRW"), Some(Land::Nw));
    }

    #[test]
    fn other_words_are_no_land() {
        for word in ["", "Bund", "s", "Sachs", "Niederbayern", "Länder", "alle"] {
            assert_eq!(Land::from_name(word), None, "{word}");
        }
    }
}
