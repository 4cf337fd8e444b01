//! Tests of the citation formats with a title that tries to break each of them.

use jiff::civil::date;
use laendersache_model::Conferences;

use super::*;

fn citation() -> Citation {
    Citation {
        title: "Kurse & \"Qualität\" {100 %}\n</script><script>alert(1)</script>".to_owned(),
        author: "Integrationsministerkonferenz".to_owned(),
        number: "13. IntMK, TOP 2.7".to_owned(),
        date: Some(date(2018, 3, 16)),
        place: Some("Nürnberg".to_owned()),
        url: "https://archiv.example/intmk/13/top/2.7".to_owned(),
        retrieved: date(2026, 11, 22),
        proof: None,
        text: "1. Eins\n\n2. Zwei".to_owned(),
        key: "intmk-13-top-2-7".to_owned(),
    }
}

#[test]
fn ris_has_one_tag_per_line_and_ends() {
    let ris = citation().ris();
    for line in ris.split_terminator("\r\n") {
        assert_eq!(line.get(2..6), Some("  - "), "{line}");
    }
    assert!(ris.starts_with("TY  - RPRT\r\n") && ris.ends_with("ER  - \r\n"));
    assert!(ris.contains("DA  - 2018/03/16/\r\n"));
}

#[test]
fn bibtex_balances_its_braces_and_escapes_its_commands() {
    let bibtex = citation().bibtex();
    let depth = bibtex
        .chars()
        .try_fold(0_i32, |depth, character| match character {
            '{' => Some(depth + 1),
            '}' => (depth > 0).then_some(depth - 1),
            _ => Some(depth),
        });
    assert_eq!(depth, Some(0), "{bibtex}");
    assert!(
        bibtex.contains("Kurse \\& \"Qualität\" 100 \\%"),
        "{bibtex}"
    );
    assert!(bibtex.starts_with("@techreport{intmk-13-top-2-7,\n  title = {{"));
}

#[test]
fn csl_json_has_a_literal_author() {
    let json = citation().csl_json().expect("valid");
    let items: Value = serde_json::from_str(&json).expect("valid JSON");
    assert_eq!(
        items[0]["author"][0]["literal"],
        "Integrationsministerkonferenz"
    );
    assert_eq!(items[0]["issued"]["date-parts"][0][2], 16);
}

#[test]
fn a_title_cannot_leave_the_script_element() {
    let data = citation().structured_data();
    assert!(!data.contains('<'), "{data}");
    let value: Value = serde_json::from_str(&data).expect("valid JSON");
    assert_eq!(value["name"], citation().title);
}

#[test]
fn the_sentence_names_who_what_when_and_where() {
    assert_eq!(
        Citation {
            title: "Titel".to_owned(),
            ..citation()
        }
        .sentence(),
        "Integrationsministerkonferenz: Titel. Beschluss vom 16. März 2018, 13. IntMK, TOP 2.7. \
         Online: https://archiv.example/intmk/13/top/2.7 (abgerufen am 22.11.2026)."
    );
}

#[test]
fn authors_have_no_comma() {
    for conference in Conferences::embedded().iter() {
        assert!(!author(conference).contains(','), "{}", conference.slug);
    }
}
