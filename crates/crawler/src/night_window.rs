//! The hours in which sites may be asked, as `22:00-06:00 Europe/Berlin`.

use std::{fmt, str::FromStr};

use jiff::{Timestamp, civil::Time, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::error::Error;

/// The hours in which sites may be asked: from the first time up to, but not including, the second; over midnight if
/// the second is the earlier one, all day long if both are the same.
///
/// Written as `22:00-06:00 Europe/Berlin`; without a time zone the hours are those of UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NightWindow {
    begins: Time,
    ends: Time,
    zone: TimeZone,
    written: String,
}

impl NightWindow {
    /// Tells whether sites may be asked at a moment.
    #[must_use]
    pub fn contains(&self, moment: Timestamp) -> bool {
        let time = self.zone.to_datetime(moment).time();
        if self.begins < self.ends {
            self.begins <= time && time < self.ends
        } else {
            self.begins <= time || time < self.ends
        }
    }
}

impl FromStr for NightWindow {
    type Err = Error;

    fn from_str(written: &str) -> Result<Self, Error> {
        let read = || {
            let (hours, zone) = match written.trim().split_once(' ') {
                Some((hours, zone)) => (hours, zone.trim()),
                None => (written.trim(), "UTC"),
            };
            let (begins, ends) = hours.split_once('-')?;
            Some((time(begins)?, time(ends)?, TimeZone::get(zone).ok()?))
        };
        let (begins, ends, zone) = read().ok_or_else(|| Error::NightWindow {
            written: written.to_owned(),
        })?;
        Ok(Self {
            begins,
            ends,
            zone,
            written: written.trim().to_owned(),
        })
    }
}

/// Reads hours and minutes.
fn time(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

impl fmt::Display for NightWindow {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.written)
    }
}

impl TryFrom<String> for NightWindow {
    type Error = Error;

    fn try_from(written: String) -> Result<Self, Error> {
        written.parse()
    }
}

impl From<NightWindow> for String {
    fn from(window: NightWindow) -> Self {
        window.written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(window: &str, moment: &str, expected: bool) {
        let window: NightWindow = window.parse().unwrap();
        let moment: Timestamp = moment.parse().unwrap();
        assert_eq!(window.contains(moment), expected, "{window}: {moment}");
    }

    #[test]
    fn a_night_may_lie_on_both_sides_of_midnight() {
        for (moment, expected) in [
            ("2026-11-22T21:59:59Z", false),
            ("2026-11-22T22:00:00Z", true),
            ("2026-11-23T00:00:00Z", true),
            ("2026-11-23T05:59:59Z", true),
            ("2026-11-23T06:00:00Z", false),
        ] {
            check("22:00-06:00", moment, expected);
        }
        check("01:00-05:30 UTC", "2026-11-22T05:29:00Z", true);
        check("01:00-05:30 UTC", "2026-11-22T00:59:00Z", false);
        check("03:00-03:00", "2026-11-22T15:00:00Z", true);
    }

    #[test]
    fn the_night_keeps_to_the_clocks_of_the_place_in_summer_and_winter() {
        check("22:00-06:00 Europe/Berlin", "2026-07-01T20:00:00Z", true);
        check("22:00-06:00 Europe/Berlin", "2026-12-01T20:00:00Z", false);
        check("22:00-06:00 Europe/Berlin", "2026-12-01T21:00:00Z", true);
    }

    #[test]
    fn what_is_no_window_is_refused_by_its_words() {
        for written in [
            "",
            "22:00",
            "22-6",
            "25:00-06:00",
            "22:00-06:61",
            "22:00-06:00 Mars/Base",
        ] {
            let error = written.parse::<NightWindow>().unwrap_err();
            assert!(
                error.to_string().contains(&format!("`{written}`")),
                "{error}"
            );
        }
    }

    #[test]
    fn a_window_survives_writing_and_reading() {
        let window: NightWindow = " 22:00-06:00 Europe/Berlin ".parse().unwrap();
        let json = serde_json::to_string(&window).unwrap();
        assert_eq!(json, "\"22:00-06:00 Europe/Berlin\"");
        assert_eq!(serde_json::from_str::<NightWindow>(&json).unwrap(), window);
    }
}
