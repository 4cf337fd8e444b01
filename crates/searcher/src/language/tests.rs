//! The query language by examples: what is typed, and the pieces it means. And by noise: every string means something.

use proptest::prelude::*;

use super::{Meaning, Parsed, Piece, parse};

/// A piece in a short notation: `a`, `a*`, `"a b"`, `a~5~b`, `name=value`, `!x`, `(x y)`, `[x | y]`, `‹literal›`.
fn shown(query: &str, piece: &Piece) -> String {
    let of = |range: &std::ops::Range<usize>| query[range.clone()].to_owned();
    let joined = |pieces: &[Piece], between: &str| {
        pieces
            .iter()
            .map(|piece| shown(query, piece))
            .collect::<Vec<_>>()
            .join(between)
    };
    match piece {
        Piece::Word(range) => of(range),
        Piece::Prefix(range) => format!("{}*", of(range)),
        Piece::Phrase(range) => format!("\"{}\"", of(range)),
        Piece::Near(left, right, distance) => format!("{}~{distance}~{}", of(left), of(right)),
        Piece::Field { name, value, .. } => format!("{}={}", of(name), of(value)),
        Piece::Not(piece) => format!("!{}", shown(query, piece)),
        Piece::All(pieces) => format!("({})", joined(pieces, " ")),
        Piece::Any(pieces) => format!("[{}]", joined(pieces, " | ")),
        Piece::Literal(text) => format!("‹{text}›"),
    }
}

fn pieces(parsed: &Parsed<'_>) -> String {
    parsed
        .pieces
        .iter()
        .map(|piece| shown(parsed.query, piece))
        .collect::<Vec<_>>()
        .join(" ")
}

fn check(query: &str, expected: &str) {
    let parsed = parse(query);
    assert_eq!(pieces(&parsed), expected, "{query}");
    assert!(!parsed.truncated, "{query}");
}

#[test]
fn words_stand_side_by_side() {
    check("", "");
    check("  \t\n", "");
    check("Sprachkurs", "Sprachkurs");
    check("Kurse für  Frauen", "Kurse für Frauen");
}

#[test]
fn or_binds_tighter_than_side_by_side_and_looser_than_and() {
    check("a ODER b", "[a | b]");
    check("a b OR c d", "a [b | c] d");
    check("a UND b ODER c UND d", "[(a b) | (c d)]");
    check("a AND b c", "(a b) c");
    check("a ODER b ODER c", "[a | b | c]");
    check("(a b) ODER c", "[(a b) | c]");
}

#[test]
fn operators_are_written_in_capitals() {
    check("und oder nicht", "und oder nicht");
    check("Und Oder", "Und Oder");
}

#[test]
fn what_is_not_wanted_is_negated() {
    check("a -b", "a !b");
    check("a NICHT b", "a !b");
    check("NOT \"a b\"", "!\"a b\"");
    check("-(a b)", "!(a b)");
    check("NICHT NICHT a", "a");
    check("a ODER NICHT b", "[a | !b]");
    check("-§ 25", "!§ 25");
}

#[test]
fn hyphens_of_omitted_parts_negate_nothing() {
    check("Ministerinnen, -minister", "Ministerinnen, -minister");
    check("Migrantinnen und -migranten", "Migrantinnen und -migranten");
    check("Sprach- und Kurse", "Sprach- und Kurse");
    check("a - b", "a - b");
    check("Bund-Länder", "Bund-Länder");
    check("--", "--");
}

#[test]
fn three_styles_of_quotation_marks_make_phrases() {
    for query in [
        "\"a b\"",
        "„a b“",
        "„a b\"",
        "»a b«",
        "«a b»",
        "“a b”",
        "„a b”",
    ] {
        let parsed = parse(query);
        assert_eq!(pieces(&parsed), "\"a b\"", "{query}");
    }
    check("x \"a b\" y", "x \"a b\" y");
    check("a\"b c\"", "a \"b c\"");
}

#[test]
fn unbalanced_marks_and_brackets_are_literals() {
    check("\"a b", "‹\"› a b");
    check("a\"", "a ‹\"›");
    check("„a", "‹„› a");
    check("(a", "‹(› a");
    check("a)", "a ‹)›");
    check("((a)", "‹(› a");
    check(")(", "‹)› ‹(›");
    check("()", "‹()›");
}

#[test]
fn brackets_inside_words_belong_to_them() {
    check("Schüler(innen)", "Schüler(innen)");
    check("(Schüler(innen) Kurs)", "(Schüler(innen) Kurs)");
}

#[test]
fn operators_without_operands_are_literals() {
    check("ODER", "‹ODER›");
    check("a ODER", "a ‹ODER›");
    check("ODER a", "‹ODER› a");
    check("a ODER ODER b", "a ‹ODER› ‹ODER› b");
    check("UND NICHT", "‹UND› ‹NICHT›");
    check("(a ODER)", "(a ‹ODER›)");
    check("a NICHT", "a ‹NICHT›");
}

#[test]
fn the_beginning_of_a_word_needs_three_letters() {
    check("integ*", "integ*");
    check("Migrant*innen", "Migrant*innen");
    let parsed = parse("in* a*b* **");
    assert!(
        parsed
            .pieces
            .iter()
            .all(|piece| matches!(piece, Piece::Word(_))),
        "{parsed:?}"
    );
    assert!(matches!(parse("int*").pieces[0], Piece::Prefix(_)));
}

#[test]
fn two_words_can_be_near_each_other() {
    check("Kurs NAHE/5 Frauen", "Kurs~5~Frauen");
    check("x Kurs NEAR/3 Frauen y", "x Kurs~3~Frauen y");
    check("NAHE/5 a", "‹NAHE/5› a");
    check("a NAHE/5", "a ‹NAHE/5›");
    check("a NAHE/0 b", "a NAHE/0 b");
    check("a NAHE/999 b", "a NAHE/999 b");
    check("NAHE", "NAHE");
}

#[test]
fn fields_have_german_and_english_names() {
    check("titel:Kurs", "titel=Kurs");
    check("Titel:\"zwei Worte\" x", "Titel=zwei Worte x");
    check("land:BY", "land=BY");
    check("jahr:2015..2020", "jahr=2015..2020");
    check("year:2018 vote:majority", "year=2018 vote=majority");
    check("erklärung:Bayern", "erklärung=Bayern");
    check("(land:BY)", "land=BY");
    check("-land:BY", "!land=BY");
}

#[test]
fn colons_elsewhere_are_literals() {
    for query in [
        "16:0:0",
        "TOP 2.1:",
        "Thema:Kurs",
        "land:XX",
        "jahr:früher",
        "titel:",
        ":",
        "http://a.de/b?c=d",
    ] {
        let parsed = parse(query);
        let words = parsed
            .pieces
            .iter()
            .all(|piece| matches!(piece, Piece::Word(_)));
        assert!(words, "{query}: {parsed:?}");
    }
}

#[test]
fn years_are_single_or_ranges() {
    let years = |query: &str| match &parse(query).pieces[0] {
        Piece::Field {
            meaning: Meaning::Years(from, to),
            ..
        } => Some((*from, *to)),
        _ => None,
    };
    assert_eq!(years("jahr:2018"), Some((2018, 2018)));
    assert_eq!(years("jahr:2015..2020"), Some((2015, 2020)));
    assert_eq!(years("jahr:2020-2015"), Some((2015, 2020)));
    assert_eq!(years("jahr:..2020"), Some((1, 2020)));
    assert_eq!(years("jahr:2015.."), Some((2015, u16::MAX)));
    assert_eq!(years("seit:2019"), Some((2019, u16::MAX)));
    assert_eq!(years("bis:2019"), Some((1, 2019)));
    for query in [
        "jahr:..",
        "jahr:20",
        "jahr:20188",
        "jahr:0000",
        "jahr:2018..x",
    ] {
        assert_eq!(years(query), None, "{query}");
    }
}

#[test]
fn long_queries_are_cut_and_say_so() {
    let parsed = parse(&"ä".repeat(513)).truncated;
    assert!(parsed);
    assert!(!parse(&"ä".repeat(512)).truncated);
    let many = "a ".repeat(65);
    let parsed = parse(&many);
    assert!(parsed.truncated);
    assert_eq!(
        parsed
            .pieces
            .iter()
            .filter(|piece| matches!(piece, Piece::Word(_)))
            .count(),
        64
    );
}

#[test]
fn nesting_beyond_the_limit_is_literal() {
    let nested = format!("{}a{}", "(".repeat(40), ")".repeat(40));
    let parsed = parse(&nested);
    let literals = format!("{:?}", parsed.pieces).matches("Literal").count();
    assert_eq!(literals, 16, "8 brackets on each side");
}

#[test]
fn floods_of_operators_are_harmless() {
    let floods = [
        "(",
        ")",
        "\"",
        "„",
        "ODER ",
        "a ODER ",
        "NICHT ",
        "-",
        "\0",
        "a NAHE/5 ",
        "titel:",
        "*",
        ":",
        "\u{202e}",
    ];
    for flood in floods {
        let parsed = parse(&flood.repeat(100_000)).truncated;
        assert!(parsed, "{flood:?}");
    }
}

/// Strings of the language's own marks, which random characters would hardly ever form.
fn marks() -> impl Strategy<Value = String> {
    let mark = prop::sample::select(vec![
        "(",
        ")",
        "\"",
        "„",
        "“",
        "»",
        "«",
        "-",
        "*",
        ":",
        "ODER",
        "UND",
        "NICHT",
        "NAHE/2",
        "titel:",
        "jahr:2018",
        "land:BY",
        "Kurs",
        "§ 25b",
        " ",
        "  ",
        "\0",
        "\u{200b}",
        "ü",
        "a",
        ",",
    ]);
    prop::collection::vec(mark, 0..60).prop_map(|marks| marks.concat())
}

fn ranges_are_valid(query: &str, piece: &Piece) -> bool {
    match piece {
        Piece::Word(range) | Piece::Prefix(range) | Piece::Phrase(range) => {
            query.get(range.clone()).is_some()
        }
        Piece::Near(left, right, _) => query.get(left.start..right.end).is_some(),
        Piece::Field { name, value, .. } => query.get(name.start..value.end).is_some(),
        Piece::Not(piece) => ranges_are_valid(query, piece),
        Piece::All(pieces) | Piece::Any(pieces) => {
            pieces.iter().all(|piece| ranges_are_valid(query, piece))
        }
        Piece::Literal(_) => true,
    }
}

proptest! {
    #[test]
    fn every_string_has_a_meaning(query in "\\PC*") {
        let parsed = parse(&query);
        prop_assert!(parsed.pieces.iter().all(|piece| ranges_are_valid(parsed.query, piece)));
    }

    #[test]
    fn every_mixture_of_marks_has_a_meaning(query in marks()) {
        let parsed = parse(&query);
        prop_assert!(parsed.pieces.iter().all(|piece| ranges_are_valid(parsed.query, piece)));
        let typed = parsed.query.chars().any(|character| !character.is_whitespace() && !character.is_control());
        prop_assert_eq!(parsed.pieces.is_empty(), !typed);
    }
}
