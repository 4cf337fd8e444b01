//! The rotation of a chair as data, and the terms that can be computed from it.

use std::{fmt, num::NonZeroU8, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Land;

/// A text that is no day of a year.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no day of every year; a change of the chair looks like `07-01`")]
pub struct InvalidDayOfYear(String);

/// A day that every year has, such as 1 July; written `07-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct DayOfYear {
    month: i8,
    day: i8,
}

impl DayOfYear {
    fn in_year(self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }
}

impl fmt::Display for DayOfYear {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:02}-{:02}", self.month, self.day)
    }
}

impl FromStr for DayOfYear {
    type Err = InvalidDayOfYear;

    fn from_str(text: &str) -> Result<Self, InvalidDayOfYear> {
        // A common year, so that 29 February is refused.
        format!("2001-{text}")
            .parse::<Date>()
            .map(|date| Self {
                month: date.month(),
                day: date.day(),
            })
            .map_err(|_| InvalidDayOfYear(text.to_owned()))
    }
}

impl From<DayOfYear> for String {
    fn from(day: DayOfYear) -> Self {
        day.to_string()
    }
}

impl TryFrom<String> for DayOfYear {
    type Error = InvalidDayOfYear;

    fn try_from(text: String) -> Result<Self, InvalidDayOfYear> {
        text.parse()
    }
}

/// The order in which the Länder follow each other in the chair; the first follows the last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum RotationOrder {
    /// An order known by its name: `"alphabetical"`.
    Named(NamedOrder),
    /// An order of the conference's own: `["BB", "BW", …]`.
    Own(Vec<Land>),
}

/// An order of all sixteen Länder that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NamedOrder {
    /// By the German names.
    Alphabetical,
}

impl RotationOrder {
    /// Returns the Länder in their order.
    #[must_use]
    pub fn lands(&self) -> &[Land] {
        match self {
            Self::Named(NamedOrder::Alphabetical) => &Land::ALL,
            Self::Own(lands) => lands,
        }
    }
}

/// A rule by which the chair changes; what is not known is absent, and then nothing is computed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RotationRule {
    /// The day on which a term begins.
    #[serde(default)]
    pub change: Option<DayOfYear>,
    /// The length of a term in years.
    #[serde(default)]
    pub years: Option<NonZeroU8>,
    /// The order of the Länder.
    #[serde(default)]
    pub order: Option<RotationOrder>,
    /// The Land of the first term that the rule covers.
    #[serde(default)]
    pub first_land: Option<Land>,
    /// The year in which that term began.
    #[serde(default)]
    pub first_year: Option<i16>,
}

impl RotationRule {
    fn begin(&self) -> Option<Date> {
        self.change?.in_year(self.first_year?)
    }

    fn term_on(&self, day: Date) -> Option<Forecast> {
        let (change, first_year) = (self.change?, self.first_year?);
        let years = i16::from(self.years?.get());
        let lands = self.order.as_ref()?.lands();
        let first = lands
            .iter()
            .position(|land| Some(*land) == self.first_land)?;
        let not_yet_changed = i16::from(day < change.in_year(day.year())?);
        let terms = (day.year() - not_yet_changed - first_year) / years;
        let year = first_year + terms * years;
        Some(Forecast {
            land: lands[(first + usize::try_from(terms).ok()?) % lands.len()],
            from: change.in_year(year)?,
            to: change.in_year(year + years)?.yesterday().ok()?,
        })
    }
}

/// A computed term of the chair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forecast {
    /// The Land in the chair.
    pub land: Land,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// How the chair of a conference passes from Land to Land.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rotation {
    /// The rule in words.
    pub text: String,
    /// Where this is known from, and what is uncertain.
    #[serde(default)]
    pub source: String,
    /// The rule for computing, or several that followed each other, oldest first; each ends where the next begins.
    #[serde(default)]
    pub rules: Vec<RotationRule>,
}

impl Rotation {
    /// Returns the term of a day, or `None` where the rule is not known well enough.
    ///
    /// A rule whose beginning is not known might hold on any day and hides those before it.
    #[must_use]
    pub fn term_on(&self, day: Date) -> Option<Forecast> {
        let position = self
            .rules
            .iter()
            .rposition(|rule| rule.begin().is_none_or(|begin| begin <= day))?;
        let mut term = self.rules[position].term_on(day)?;
        if let Some(next) = self.rules.get(position + 1) {
            term.to = term.to.min(next.begin()?.yesterday().ok()?);
        }
        Some(term)
    }
}

#[cfg(test)]
mod tests;
