//! Cuts a run of units at the headings of its TOPs.

use std::sync::LazyLock;

use laendersache_model::TopLabel;
use regex::Regex;

use super::{
    contents::{Contents, letters},
    field::begins_body,
    label::{LabelledText, Marking, labelled},
    unit::Unit,
};

/// A field that stands under the heading of a resolution.
static BELOW_HEADING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:Mit)?[Aa]ntragstell(?:er|ende)|Abstimmungsergebnis|Votum|Veröffentlichung|Beschluss\b|Berichterstatt|Vorgang:|-\s*(?:zurückgezogen|entfällt))")
        .expect("a valid pattern")
});

/// How many units behind a heading a field may stand.
const FIELD_DISTANCE: usize = 6;

/// The part of a document that deals with one TOP.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    /// The label as printed.
    pub label: TopLabel,
    /// The year, if it is a circulation resolution.
    pub circulation: Option<u16>,
    /// The title, wrapped lines joined.
    pub title: String,
    /// The page of the heading.
    pub page: u32,
    /// Which rule recognised the heading.
    pub rule: &'static str,
    /// What stands below the heading.
    pub units: Vec<Unit>,
}

/// Returns the units before the first heading, and the parts.
pub(super) fn parts(units: Vec<Unit>, contents: &Contents) -> (Vec<Unit>, Vec<Part>) {
    let headings: Vec<_> = (0..units.len())
        .filter_map(|index| Some((index, heading(&units, index, contents)?)))
        .collect();
    let Some(&(first, _)) = headings.first() else {
        return (units, Vec::new());
    };
    let ends: Vec<_> = headings
        .iter()
        .skip(1)
        .map(|(index, _)| *index)
        .chain([units.len()])
        .collect();
    let mut parts: Vec<Part> = Vec::new();
    for ((start, (read, rule)), end) in headings.iter().cloned().zip(ends) {
        // The running title of a TOP that goes on over the page is no second heading.
        let repeated = parts
            .last_mut()
            .filter(|part| part.label == read.label && read.marking != Marking::Bare);
        match repeated {
            Some(part)
                if letters(&part.title).starts_with(&letters(&read.rest))
                    && !is_field(&units, start + 1) =>
            {
                part.units.extend_from_slice(&units[start + 1..end]);
            }
            _ => parts.push(part(&units[start..end], read, rule, contents)),
        }
    }
    (units[..first].to_vec(), parts)
}

fn is_field(units: &[Unit], index: usize) -> bool {
    units
        .get(index)
        .is_some_and(|unit| BELOW_HEADING.is_match(&unit.text))
}

/// Decides whether a unit is the heading of a TOP, and by which rule.
fn heading(
    units: &[Unit],
    index: usize,
    contents: &Contents,
) -> Option<(LabelledText, &'static str)> {
    let unit = &units[index];
    let read = labelled(&unit.text)?;
    if unit.continues {
        return None;
    }
    let title = if read.rest.is_empty() {
        units.get(index + 1).map_or("", |next| next.text.as_str())
    } else {
        &read.rest
    };
    if contents.entry(&read.label, title).is_some()
        && (read.marking != Marking::Bare || unit.prominent || contents_confirm(&read, contents))
    {
        return Some((read, "contents"));
    }
    let field_below = (index + 1..=index + FIELD_DISTANCE)
        .take_while(|next| {
            units.get(*next).is_some_and(|unit| {
                labelled(&unit.text).is_none_or(|read| read.marking == Marking::Bare)
            })
        })
        .any(|next| is_field(units, next));
    match read.marking {
        Marking::Circulation(_) if field_below => Some((read, "field below")),
        Marking::Top if field_below && (unit.prominent || contents.is_empty()) => {
            Some((read, "field below"))
        }
        Marking::Top if unit.prominent && contents.is_empty() => Some((read, "prominent")),
        _ => None,
    }
}

/// A bare label needs more than its number: the whole title of the contents must begin the unit or the reverse.
fn contents_confirm(read: &LabelledText, contents: &Contents) -> bool {
    contents.entries.iter().any(|entry| {
        let (printed, listed) = (letters(&read.rest), letters(&entry.title));
        entry.label == read.label && (listed.starts_with(&printed) || printed.starts_with(&listed))
    })
}

/// Takes the title from the units of a part and leaves the rest.
fn part(units: &[Unit], read: LabelledText, rule: &'static str, contents: &Contents) -> Part {
    let listed = contents
        .entry(&read.label, &read.rest)
        .map(|entry| letters(&entry.title));
    let mut title = read.rest.clone();
    let mut taken = 1;
    while let Some(next) = units.get(taken) {
        if begins_body(&next.text) || BELOW_HEADING.is_match(&next.text) {
            break;
        }
        let joined = format!("{title} {}", next.text);
        let goes_on = match &listed {
            Some(listed) if !title.is_empty() => listed.starts_with(&letters(&joined)),
            _ => title.is_empty() || (next.prominent && units[0].prominent),
        };
        if !goes_on {
            break;
        }
        title = joined.trim().to_owned();
        taken += 1;
    }
    Part {
        circulation: match read.marking {
            Marking::Circulation(year) => Some(year),
            Marking::Top | Marking::Bare => None,
        },
        label: read.label,
        title,
        page: units[0].page,
        rule,
        units: units[taken..].to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(text: &str) -> Unit {
        Unit {
            page: 1,
            text: text.to_owned(),
            prominent: false,
            continues: false,
        }
    }

    fn heading_unit(text: &str) -> Unit {
        Unit {
            prominent: true,
            ..unit(text)
        }
    }

    fn check(units: Vec<Unit>, contents: &[&str], expected: &[(&str, &str, usize)]) {
        let contents: Vec<_> = contents.iter().map(|text| (*text).to_owned()).collect();
        let (_, parts) = parts(units, &Contents::read(&contents));
        let read: Vec<_> = parts
            .iter()
            .map(|part| (part.label.0.as_str(), part.title.as_str(), part.units.len()))
            .collect();
        assert_eq!(read, expected);
    }

    #[test]
    fn headings_are_confirmed_by_the_contents() {
        check(
            vec![
                unit("Ergebnisprotokoll"),
                unit("TOP 1 Leitantrag: Wege öffnen"),
                unit("Beschluss:"),
                unit("TOP 1 a war strittig."),
                unit("TOP 2 Arbeit"),
                unit("TOP 2.1 Kurse"),
                unit("Beschluss:"),
            ],
            &[
                "TOP 1 Leitantrag: Wege öffnen ... 3",
                "TOP 2 Arbeit ... 4",
                "TOP 2.1 Kurse ... 4",
            ],
            &[
                ("1", "Leitantrag: Wege öffnen", 2),
                ("2", "Arbeit", 0),
                ("2.1", "Kurse", 1),
            ],
        );
    }

    #[test]
    fn without_contents_a_field_below_confirms() {
        check(
            vec![
                heading_unit("TOP 5"),
                heading_unit("Sprachkurse"),
                unit("Antragsteller: Bayern"),
                unit("Beschluss:"),
                unit("TOP 9 Andere Dinge kamen nicht zur Sprache."),
            ],
            &[],
            &[("5", "Sprachkurse", 3)],
        );
    }

    #[test]
    fn titles_over_several_units_are_joined() {
        check(
            vec![
                unit("TOP 1"),
                unit("Leitantrag: Fachkräfte gewinnen –"),
                unit("Einwanderung als Chance"),
                unit("Votum: einstimmig"),
            ],
            &["TOP 1 Leitantrag: Fachkräfte gewinnen – Einwanderung als Chance ... 2"],
            &[(
                "1",
                "Leitantrag: Fachkräfte gewinnen – Einwanderung als Chance",
                1,
            )],
        );
    }

    #[test]
    fn bare_labels_need_the_contents_and_numbered_points_are_none() {
        check(
            vec![
                heading_unit("A3 6. Bericht zum Monitoring"),
                unit("Beschluss:"),
                unit("1. Die IntMK dankt."),
                unit("2. Sie bittet den Bund."),
            ],
            &["A3 6. Bericht zum Monitoring ... 4", "1 Leitantrag ... 6"],
            &[("A3", "6. Bericht zum Monitoring", 3)],
        );
    }

    #[test]
    fn circulation_resolutions_know_their_year() {
        let units = vec![
            heading_unit("Umlaufbeschluss 4/2020"),
            heading_unit("Kurse sichern"),
            unit("Beschluss:"),
        ];
        let (_, parts) = parts(units, &Contents::default());
        assert_eq!(
            (parts[0].circulation, parts[0].title.as_str()),
            (Some(2020), "Kurse sichern")
        );
    }

    #[test]
    fn a_news_page_has_no_parts() {
        check(
            vec![
                heading_unit("Konferenz tagt"),
                unit("TOP 2.7 Qualität war Thema."),
                unit("Weitere Beschlüsse folgen."),
            ],
            &[],
            &[],
        );
    }
}
