//! Reads the outcome of a vote from the words that print it; what the words do not say stays unknown.

use std::sync::LazyLock;

use laendersache_model::{Land, Vote, VoteKind};
use regex::Regex;

use super::laender::laender_in;

const NUMBER: &str = r"(\d{1,2}|ein(?:e|er|es)?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dreizehn|vierzehn|fünfzehn|sechzehn|siebzehn)";

static TRIPLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(\d{1,2})\s*[:/]\s*(\d{1,2})\s*[:/]\s*(\d{1,2})\b").expect("a valid pattern")
});
static YES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"(?i)\b{NUMBER}\s+(?:ja-?)?stimmen\b")).expect("a valid pattern")
});
static OF_SIXTEEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"(?i)\b{NUMBER}\s+von\s+(?:16|17|sechzehn)\b")).expect("a valid pattern")
});
/// The words behind which the dissenting Länder stand, with the count that may stand before them.
static DISSENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?i)(?:\b{NUMBER}\s+)?\b(?:(?P<no>gegenstimmen?|nein-?stimmen?|gegen die stimmen?|ablehnung)|(?P<abstain>(?:stimm)?enthaltung(?:en)?))\b"
    ))
    .expect("a valid pattern")
});
static UNANIMOUS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)\beinstimmig\b").expect("a valid pattern"));
static NOT_UNANIMOUS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)\bnicht\s+einstimmig\b").expect("a valid pattern"));
static MAJORITY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)\bmehrheit(?:lich|sbeschluss)?\b").expect("a valid pattern"));

/// Votes that were not in favour, as printed.
#[derive(Default)]
struct Dissent {
    no: Option<u8>,
    abstain: Option<u8>,
    no_laender: Vec<Land>,
    abstain_laender: Vec<Land>,
}

/// Reads a vote, or returns `None` if the words do not tell its outcome.
///
/// Counts are filled only where they are printed; the number of named Länder is not counted into them.
pub(super) fn vote(raw: &str) -> Option<Vote> {
    let raw = raw.trim().trim_end_matches([':', ';']).trim_end();
    let triple = TRIPLE
        .captures(raw)
        .filter(|captures| !is_time_of_day(raw, captures))
        .and_then(|captures| {
            let count = |group: usize| captures[group].parse::<u8>().ok();
            Some((count(1)?, count(2)?, count(3)?))
        });
    // UMK, AMK and VSMK count the Bund as a seventeenth vote.
    let triple = triple.filter(|(yes, no, abstain)| yes + no + abstain <= 17);
    let mut dissent = dissent(raw);
    let mut yes = [&YES, &OF_SIXTEEN]
        .iter()
        .find_map(|pattern| pattern.captures(raw))
        .and_then(|captures| number(&captures[1]));
    if let Some((for_it, against, abstained)) = triple {
        yes = Some(for_it);
        dissent.no = Some(against);
        dissent.abstain = Some(abstained);
    }
    Some(Vote {
        kind: kind(raw, yes, &dissent)?,
        yes,
        no: dissent.no,
        abstain: dissent.abstain,
        no_laender: dissent.no_laender,
        abstain_laender: dissent.abstain_laender,
        raw: raw.to_owned(),
    })
}

/// "16:00:00 Uhr" has the form of a vote.
fn is_time_of_day(raw: &str, captures: &regex::Captures<'_>) -> bool {
    captures
        .get(0)
        .is_some_and(|triple| raw[triple.end()..].trim_start().starts_with("Uhr"))
}

fn kind(raw: &str, yes: Option<u8>, dissent: &Dissent) -> Option<VoteKind> {
    if UNANIMOUS.is_match(raw) && !NOT_UNANIMOUS.is_match(raw) {
        return Some(VoteKind::Unanimous);
    }
    let counted = dissent.no.unwrap_or(0) + dissent.abstain.unwrap_or(0);
    let named = !dissent.no_laender.is_empty() || !dissent.abstain_laender.is_empty();
    let said = MAJORITY.is_match(raw) || NOT_UNANIMOUS.is_match(raw);
    if counted > 0 || named || said {
        return Some(VoteKind::Majority);
    }
    // "16 : 0 : 0" says that nobody dissented; "mit 15 Stimmen" alone does not say what the others did.
    match (yes, dissent.no, dissent.abstain) {
        (Some(yes), Some(0), Some(0)) if yes >= 16 => Some(VoteKind::Unanimous),
        (Some(yes), _, _) if yes >= 16 => Some(VoteKind::Unanimous),
        (Some(_), _, _) => Some(VoteKind::Majority),
        _ => None,
    }
}

/// Reads counts and Länder of every "Gegenstimme" and "Enthaltung"; the Länder stand between one such word and the next.
fn dissent(raw: &str) -> Dissent {
    let mut dissent = Dissent::default();
    let found: Vec<_> = DISSENT.captures_iter(raw).collect();
    for (position, captures) in found.iter().enumerate() {
        let Some(keyword) = captures.name("no").or_else(|| captures.name("abstain")) else {
            continue;
        };
        let end = found
            .get(position + 1)
            .and_then(|next| next.get(0))
            .map_or(raw.len(), |next| next.start());
        let laender = laender_in(&raw[keyword.end()..end]);
        let count = captures.get(1).and_then(|count| number(count.as_str()));
        let (counted, named) = if captures.name("no").is_some() {
            (&mut dissent.no, &mut dissent.no_laender)
        } else {
            (&mut dissent.abstain, &mut dissent.abstain_laender)
        };
        *counted = counted.or(count);
        named.extend(laender);
    }
    dissent
}

fn number(word: &str) -> Option<u8> {
    const WORDS: [&str; 17] = [
        "ein",
        "zwei",
        "drei",
        "vier",
        "fünf",
        "sechs",
        "sieben",
        "acht",
        "neun",
        "zehn",
        "elf",
        "zwölf",
        "dreizehn",
        "vierzehn",
        "fünfzehn",
        "sechzehn",
        "siebzehn",
    ];
    let word = word.to_lowercase();
    if let Ok(number) = word.parse() {
        return Some(number);
    }
    let position = WORDS.iter().position(|candidate| {
        *candidate == word || (*candidate == "ein" && word.starts_with("ein"))
    })?;
    u8::try_from(position + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Land::*;

    type Counts = (Option<u8>, Option<u8>, Option<u8>);

    fn check(raw: &str, kind: VoteKind, counts: Counts, laender: (&[Land], &[Land])) {
        let vote = vote(raw).unwrap_or_else(|| panic!("no vote in {raw}"));
        assert_eq!(vote.kind, kind, "{raw}");
        assert_eq!((vote.yes, vote.no, vote.abstain), counts, "{raw}");
        assert_eq!(
            (vote.no_laender.as_slice(), vote.abstain_laender.as_slice()),
            laender,
            "{raw}"
        );
    }

    #[test]
    fn unanimous_votes_are_read() {
        let unknown = (None, None, None);
        check("einstimmig", VoteKind::Unanimous, unknown, (&[], &[]));
        check("Einstimmig.", VoteKind::Unanimous, unknown, (&[], &[]));
        check(
            "hat einstimmig beschlossen:",
            VoteKind::Unanimous,
            unknown,
            (&[], &[]),
        );
        check(
            "16 : 0 : 0",
            VoteKind::Unanimous,
            (Some(16), Some(0), Some(0)),
            (&[], &[]),
        );
        check(
            "einstimmig bei Enthaltung Bremens",
            VoteKind::Unanimous,
            unknown,
            (&[], &[Hb]),
        );
    }

    #[test]
    fn dissent_is_read_with_its_laender() {
        let unknown = (None, None, None);
        check("mehrheitlich", VoteKind::Majority, unknown, (&[], &[]));
        check("nicht einstimmig", VoteKind::Majority, unknown, (&[], &[]));
        check(
            "mehrheitlich bei Gegenstimme von Bayern und Enthaltung von Hessen und dem Saarland",
            VoteKind::Majority,
            unknown,
            (&[By], &[He, Sl]),
        );
        check(
            "mehrheitlich bei Gegenstimmen von Bayern und Sachsen sowie Enthaltung von Sachsen-Anhalt",
            VoteKind::Majority,
            unknown,
            (&[By, Sn], &[St]),
        );
        check(
            "13 : 1 : 2 (Gegenstimme: Bayern; Enthaltungen: Hessen, Saarland)",
            VoteKind::Majority,
            (Some(13), Some(1), Some(2)),
            (&[By], &[He, Sl]),
        );
        check(
            "15:0:1",
            VoteKind::Majority,
            (Some(15), Some(0), Some(1)),
            (&[], &[]),
        );
        check(
            "mit 15 Stimmen bei Enthaltung Sachsens",
            VoteKind::Majority,
            (Some(15), None, None),
            (&[], &[Sn]),
        );
        check(
            "mit 9 Stimmen bei 5 Gegenstimmen und 2 Enthaltungen",
            VoteKind::Majority,
            (Some(9), Some(5), Some(2)),
            (&[], &[]),
        );
        check(
            "15 von 16 Ländern",
            VoteKind::Majority,
            (Some(15), None, None),
            (&[], &[]),
        );
    }

    #[test]
    fn votes_inside_a_sentence_are_read() {
        check(
            "hat mit 11 Ja-Stimmen bei zwei Gegenstimmen (BY, SN) und drei Enthaltungen (BW, HE, ST) beschlossen:",
            VoteKind::Majority,
            (Some(11), Some(2), Some(3)),
            (&[By, Sn], &[Bw, He, St]),
        );
        check(
            "hat mit dreizehn Stimmen bei einer Gegenstimme (BY) beschlossen",
            VoteKind::Majority,
            (Some(13), Some(1), None),
            (&[By], &[]),
        );
    }

    #[test]
    fn what_is_not_said_stays_unknown() {
        for raw in [
            "",
            "beschlossen",
            "siehe Anlage",
            "am 16:00:00 Uhr",
            "99 : 1 : 2",
            "Die Stimmung war gut",
        ] {
            assert_eq!(vote(raw), None, "{raw}");
        }
    }
}
