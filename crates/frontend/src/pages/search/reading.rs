//! How the query was understood, shown back in German, with a switch for every word.

use laendersache_searcher::{Reading, Variant, Why};

use crate::{page_error::Link, search_state::SearchState, wording};

/// One piece of the query as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What connects it with the piece before: "und", "oder", or nothing for the first.
    pub connector: &'static str,
    /// What kind of piece it is, in words.
    pub kind: &'static str,
    /// As typed.
    pub typed: String,
    /// True if hits must not contain it.
    pub excluded: bool,
    /// What was searched beside it, grouped by why.
    pub variants: Vec<(&'static str, Vec<String>)>,
    /// How many resolutions contain it, in words.
    pub documents: Option<String>,
    /// True if nothing contains it.
    pub dead: bool,
    /// Switches the variants off or on again.
    pub switch: Option<Link>,
}

/// Returns the pieces in typed order; alternatives follow each other with "oder".
#[must_use]
pub fn pieces(state: &SearchState, readings: &[Reading]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for reading in readings {
        let connector = if pieces.is_empty() { "" } else { "und" };
        add(state, reading, connector, &mut pieces);
    }
    pieces
}

fn add(state: &SearchState, reading: &Reading, connector: &'static str, pieces: &mut Vec<Piece>) {
    let plain = |kind, typed: &str, excluded| Piece {
        connector,
        kind,
        typed: typed.to_owned(),
        excluded,
        variants: Vec::new(),
        documents: None,
        dead: false,
        switch: None,
    };
    let piece = match reading {
        Reading::AnyOf { alternatives } => {
            for (position, alternative) in alternatives.iter().enumerate() {
                for (inner, reading) in alternative.iter().enumerate() {
                    let connector = match (position, inner) {
                        (0, 0) => connector,
                        (_, 0) => "oder",
                        _ => "und",
                    };
                    add(state, reading, connector, pieces);
                }
            }
            return;
        }
        Reading::Phrase { typed, excluded } => plain("genau diese Wortfolge", typed, *excluded),
        Reading::Field { name, value } => plain("Filter", &format!("{name}: {value}"), false),
        Reading::Ignored { typed } => plain("nicht beachtet, steht fast überall", typed, false),
        Reading::Literal { typed } => plain("wörtlich genommen", typed, false),
        Reading::Word {
            typed,
            excluded,
            literal,
            variants,
            documents,
        } => Piece {
            variants: grouped(variants),
            documents: (!excluded).then(|| wording::counted(*documents, "Beschluss", "Beschlüsse")),
            dead: *documents == 0 && !excluded,
            switch: switch(state, typed, *literal, variants.is_empty()),
            ..plain(if *literal { "nur wörtlich" } else { "" }, typed, *excluded)
        },
    };
    pieces.push(piece);
}

fn grouped(variants: &[Variant]) -> Vec<(&'static str, Vec<String>)> {
    [
        (Why::Stem, "andere Formen"),
        (Why::Part, "Wortteile und Zusammensetzungen"),
        (Why::Synonym, "verwandte Wörter"),
        (Why::Prefix, "Wörter, die so beginnen"),
        (Why::Citation, "andere Schreibweisen"),
        (Why::Exact, "gleiche Wörter"),
    ]
    .into_iter()
    .map(|(why, words)| {
        let texts = variants.iter().filter(|variant| variant.why == why);
        (words, texts.map(|variant| variant.text.clone()).collect())
    })
    .filter(|(_, texts): &(_, Vec<String>)| !texts.is_empty())
    .collect()
}

fn switch(state: &SearchState, typed: &str, literal: bool, alone: bool) -> Option<Link> {
    if literal {
        let all = state.changed(|state| state.literal.retain(|word| word != typed));
        return Some(Link::new(
            all.address("/suche"),
            "auch verwandte Wörter suchen",
        ));
    }
    if alone {
        return None;
    }
    let only = state.changed(|state| state.literal.push(typed.to_owned()));
    Some(Link::new(only.address("/suche"), "nur wörtlich suchen"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(typed: &str, literal: bool, variants: Vec<Variant>) -> Reading {
        Reading::Word {
            typed: typed.to_owned(),
            excluded: false,
            literal,
            variants,
            documents: 3,
        }
    }

    #[test]
    fn every_word_with_variants_has_a_switch_and_back() {
        let variants = vec![
            Variant {
                text: "Sprachkurse".to_owned(),
                why: Why::Part,
            },
            Variant {
                text: "Kurses".to_owned(),
                why: Why::Stem,
            },
        ];
        let state = SearchState::of_query("Kurs");
        let pieces = pieces(&state, &[word("Kurs", false, variants)]);
        assert_eq!(
            pieces[0].variants[0],
            ("andere Formen", vec!["Kurses".to_owned()])
        );
        let href = &pieces[0].switch.as_ref().expect("a switch").href;
        assert_eq!(href, "/suche?q=Kurs&woertlich=Kurs");

        let state = SearchState::parse("q=Kurs&woertlich=Kurs");
        let pieces = super::pieces(&state, &[word("Kurs", true, vec![])]);
        let href = &pieces[0].switch.as_ref().expect("a switch").href;
        assert_eq!(href, "/suche?q=Kurs");
    }

    #[test]
    fn alternatives_are_connected_by_or() {
        let readings = [
            Reading::AnyOf {
                alternatives: vec![
                    vec![word("Asyl", false, vec![])],
                    vec![word("Flucht", false, vec![]), word("Hilfe", false, vec![])],
                ],
            },
            word("Ehrenamt", false, vec![]),
        ];
        let pieces = pieces(&SearchState::default(), &readings);
        let told: Vec<_> = pieces
            .iter()
            .map(|piece| (piece.connector, piece.typed.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("", "Asyl"),
                ("oder", "Flucht"),
                ("und", "Hilfe"),
                ("und", "Ehrenamt")
            ]
        );
    }
}
