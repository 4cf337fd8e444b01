//! The labelled fields between the heading of a TOP and its text: applicants, release, vote.

use std::{collections::BTreeMap, sync::LazyLock};

use laendersache_model::{Applicants, Evidence, Vote};
use regex::Regex;

use super::{laender::applicants, split::Part, unit::Unit, vote::vote};

static APPLICANTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<co>Mit)?[Aa]ntragstell(?:er|ende)(?:[*:_/-]?innen|\sLänder|\(innen\))?(?:\s?:\s*|\s+|$)(?P<value>.*)$")
        .expect("a valid pattern")
});
static VOTE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:Abstimmungsergebnis|Abstimmung|Votum)(?:\s?:\s*|\s+|$)(?P<value>.*)$")
        .expect("a valid pattern")
});
/// Any of the labelled lines above and below.
static FIELD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:Mit)?[Aa]ntragstell(?:er|ende)|Abstimmungsergebnis|Abstimmung|Votum|Veröffentlichung)\b").expect("a valid pattern")
});
static RELEASE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^Veröffentlichung\s?:\s*(?P<value>.+)$").expect("a valid pattern")
});
static BODY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:Beschluss(?:text|vorschlag)?|Begründung)\s?(?::|$)").expect("a valid pattern")
});
/// The words of a table's head row, in one unit or one after the other.
static TABLE_HEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:Mit)?[Aa]ntragsteller|Votum|Abstimmungsergebnis)(?:\s+(?:(?:Mit)?[Aa]ntragsteller|Votum|Abstimmungsergebnis))*$")
        .expect("a valid pattern")
});
/// The beginning of a vote behind the names of a table row.
static VOTE_BEGINS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:einstimmig|mehrheitlich|nicht einstimmig|mit \w+ (?:Ja-)?Stimmen|\d{1,2}\s?:\s?\d{1,2}\s?:\s?\d{1,2})")
        .expect("a valid pattern")
});
/// Two names without a comma between them: the boundary between two cells of a table row.
static CELL_BOUNDARY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[\p{L}](\s+)\p{Lu}").expect("a valid pattern"));

/// What the labelled fields say; absent fields stay unknown.
#[derive(Debug, Default)]
pub(super) struct Fields {
    /// Who moved the motion.
    pub applicants: Applicants,
    /// Who joined it.
    pub co_applicants: Applicants,
    /// The release flag.
    pub release: Option<String>,
    /// The vote.
    pub vote: Option<Vote>,
    /// Where each was read.
    pub evidence: BTreeMap<String, Evidence>,
}

/// Returns true if a unit begins the text of a resolution.
pub(super) fn begins_body(text: &str) -> bool {
    BODY.is_match(text)
}

/// Reads the fields at the beginning of a part and returns them with the units behind them.
pub(super) fn fields(part: &Part) -> (Fields, &[Unit]) {
    let mut fields = Fields::default();
    let mut position = 0;
    while let Some(unit) = part.units.get(position) {
        if begins_body(&unit.text) {
            break;
        }
        let taken = table(&mut fields, &part.units[position..]);
        if taken > 0 {
            position += taken;
        } else if FIELD.is_match(&unit.text) {
            let wrapped = wrapped_units(&part.units[position..]);
            let lines = part.units[position..position + wrapped].iter();
            let text = lines
                .map(|unit| unit.text.as_str())
                .collect::<Vec<_>>()
                .join(" ");
            fields.read(&text, unit.page);
            position += wrapped;
        } else {
            break;
        }
    }
    (fields, &part.units[position..])
}

/// Returns how many units a labelled line takes: an open bracket or list goes on in the next one.
fn wrapped_units(units: &[Unit]) -> usize {
    let mut text = String::new();
    for (position, unit) in units.iter().enumerate() {
        text.push_str(&unit.text);
        let open_bracket = text.matches('(').count() > text.matches(')').count();
        let open_list =
            text.ends_with([',', '/']) || text.ends_with(" und") || text.ends_with(" von");
        let next_begins = units
            .get(position + 1)
            .is_none_or(|next| FIELD.is_match(&next.text) || begins_body(&next.text));
        if !(open_bracket || open_list) || next_begins {
            return position + 1;
        }
    }
    units.len()
}

/// Reads a table of head row and value row, in any order of its cells; returns how many units it took.
fn table(fields: &mut Fields, units: &[Unit]) -> usize {
    let is_head = |unit: &&Unit| TABLE_HEAD.is_match(&unit.text);
    let heads = units.iter().take_while(is_head).count();
    if heads == 0 {
        return 0;
    }
    let below = units[heads..]
        .iter()
        .take_while(|unit| !begins_body(&unit.text))
        .count();
    let cells = &units[heads..heads + below];
    let named: Vec<&str> = units[..heads]
        .iter()
        .flat_map(|unit| unit.text.split_whitespace())
        .collect();
    let mut seen: Vec<&str> = named.clone();
    let mut values: Vec<String> = Vec::new();
    for cell in cells {
        // Cell by cell, a head may stand between two values.
        if TABLE_HEAD.is_match(&cell.text) {
            seen.extend(cell.text.split_whitespace());
        } else {
            values.push(cell.text.clone());
        }
    }
    let page = units[0].page;
    let mut row = values.join(" ");
    if let Some(found) = VOTE_BEGINS.find(&row) {
        fields.set_vote(&row[found.start()..], page, "table");
        row.truncate(found.start());
    }
    let row = row.trim().to_owned();
    let has_co = seen.iter().any(|head| head.starts_with("Mit"));
    let boundary = CELL_BOUNDARY
        .captures(&row)
        .and_then(|captures| captures.get(1))
        .filter(|_| has_co);
    match boundary {
        Some(boundary) => {
            fields.set_applicants(&row[..boundary.start()], page, "table");
            fields.set_co_applicants(&row[boundary.end()..], page, "table");
        }
        None => fields.set_applicants(&row, page, "table"),
    }
    heads + below
}

impl Fields {
    /// Reads one labelled line; a line that only begins like one is left out.
    fn read(&mut self, text: &str, page: u32) {
        if let Some(captures) = APPLICANTS.captures(text) {
            let value = captures["value"].trim().to_owned();
            if captures.name("co").is_some() {
                self.set_co_applicants(&value, page, "field");
            } else {
                self.set_applicants(&value, page, "field");
            }
        } else if let Some(captures) = VOTE.captures(text) {
            self.set_vote(captures["value"].trim(), page, "field");
        } else if let Some(captures) = RELEASE.captures(text) {
            self.release = Some(captures["value"].trim().to_owned());
        }
    }

    /// Sets the vote from the words that print it.
    pub fn set_vote(&mut self, raw: &str, page: u32, rule: &'static str) {
        self.vote = vote(raw);
        if self.vote.is_some() {
            self.note("vote", evidence(raw, page, rule));
        }
    }

    /// Sets the applicants from the words that print them.
    pub fn set_applicants(&mut self, raw: &str, page: u32, rule: &'static str) {
        self.applicants = applicants(raw);
        self.note("applicants", evidence(raw, page, rule));
    }

    fn set_co_applicants(&mut self, raw: &str, page: u32, rule: &'static str) {
        self.co_applicants = applicants(raw);
        self.note("co_applicants", evidence(raw, page, rule));
    }

    fn note(&mut self, name: &str, evidence: Evidence) {
        self.evidence.insert(name.to_owned(), evidence);
    }
}

fn evidence(raw: &str, page: u32, rule: &'static str) -> Evidence {
    Evidence {
        page,
        rule: rule.to_owned(),
        raw: raw.to_owned(),
        confidence: if rule == "field" { 1.0 } else { 0.9 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use laendersache_model::{Land, TopLabel, VoteKind};

    fn part(texts: &[&str]) -> Part {
        let unit = |text: &&str| Unit {
            page: 4,
            text: (*text).to_owned(),
            prominent: false,
            continues: false,
        };
        Part {
            label: TopLabel("1".to_owned()),
            circulation: None,
            title: "Titel".to_owned(),
            page: 4,
            rule: "contents",
            units: texts.iter().map(unit).collect(),
        }
    }

    #[test]
    fn labelled_lines_are_read_up_to_the_text() {
        let part = part(&[
            "Antragsteller: Bayern, Hessen",
            "Mitantragsteller: alle Länder",
            "Veröffentlichung: Freigabe Beschluss",
            "Abstimmungsergebnis: einstimmig",
            "Beschluss:",
            "Votum: keines",
        ]);
        let (fields, rest) = fields(&part);
        assert_eq!(fields.applicants.laender, [Land::By, Land::He]);
        assert!(fields.co_applicants.all_laender);
        assert_eq!(fields.release.as_deref(), Some("Freigabe Beschluss"));
        assert_eq!(fields.vote.map(|vote| vote.kind), Some(VoteKind::Unanimous));
        assert_eq!(fields.evidence["vote"].page, 4);
        assert_eq!(rest.len(), 2);
    }

    #[test]
    fn gendered_and_later_labels_are_read() {
        for label in [
            "Antragstellende Länder:",
            "Antragsteller*innen:",
            "Antragsteller:innen:",
            "Antragsteller/innen :",
        ] {
            let part = part(&[&format!("{label} Bremen"), "Beschluss"]);
            assert_eq!(fields(&part).0.applicants.laender, [Land::Hb], "{label}");
        }
    }

    #[test]
    fn a_table_is_read_whatever_the_order_of_its_cells() {
        for texts in [
            &[
                "Antragsteller Mitantragsteller Votum",
                "Berlin, Hessen Nordrhein-Westfalen einstimmig",
                "Beschluss:",
            ][..],
            &[
                "Antragsteller",
                "Mitantragsteller",
                "Votum",
                "Berlin, Hessen",
                "Nordrhein-Westfalen",
                "einstimmig",
                "Beschluss:",
            ],
            &[
                "Antragsteller",
                "Berlin, Hessen",
                "Mitantragsteller",
                "Nordrhein-Westfalen",
                "Votum",
                "einstimmig",
                "Beschluss:",
            ],
        ] {
            let part = part(texts);
            let (fields, rest) = fields(&part);
            assert_eq!(fields.applicants.laender, [Land::Be, Land::He], "{texts:?}");
            assert_eq!(fields.co_applicants.laender, [Land::Nw], "{texts:?}");
            assert!(fields.vote.is_some(), "{texts:?}");
            assert_eq!(rest.len(), 1);
        }
    }

    #[test]
    fn an_open_bracket_goes_on_in_the_next_unit() {
        let part = part(&[
            "Votum: 11 : 3 : 2 (Gegenstimmen: Bayern, Sachsen; Enthaltungen:",
            "Hessen, Sachsen-Anhalt)",
            "Beschluss",
        ]);
        let (fields, rest) = fields(&part);
        let vote = fields.vote.expect("a vote");
        assert_eq!(vote.abstain_laender, [Land::He, Land::St]);
        assert_eq!(rest.len(), 1);
    }

    #[test]
    fn absent_fields_stay_unknown() {
        let part = part(&["Die IntMK nimmt den Bericht zur Kenntnis."]);
        let (fields, rest) = fields(&part);
        assert_eq!(
            (fields.vote, fields.applicants.raw, rest.len()),
            (None, None, 1)
        );
    }
}
