//! Measures the compound splitter against a list of words cut with `|` (one word a line).
//!
//! `cargo run -p laendersache-analysis --example split_quality LIST [--odd|--even] [--errors]`
//! A capital after the bar means a hyphen: its sides are judged apart. Words typed with a hyphen are left out.

use std::error::Error;

use laendersache_analysis::{Analyzer, folded};

#[derive(Default)]
struct Tally {
    right: usize,
    wrong: usize,
    missed: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let path = arguments.first().ok_or("which list?")?;
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let analyzer = Analyzer::german();
    let mut tally = Tally::default();
    for (index, line) in std::fs::read_to_string(path)?.lines().enumerate() {
        let skipped = (has("--odd") && index % 2 == 0) || (has("--even") && index % 2 == 1);
        if skipped || line.contains('-') || line.is_empty() {
            continue;
        }
        for word in at_capitals(line) {
            judge(&analyzer, &word, &mut tally, has("--errors"));
        }
    }
    let precision = tally.right as f64 / (tally.right + tally.wrong).max(1) as f64;
    let recall = tally.right as f64 / (tally.right + tally.missed).max(1) as f64;
    println!(
        "precision {precision:.3} recall {recall:.3} (right {}, wrong {}, missed {})",
        tally.right, tally.wrong, tally.missed
    );
    Ok(())
}

fn at_capitals(line: &str) -> Vec<Vec<String>> {
    let mut words: Vec<Vec<String>> = Vec::new();
    for part in line.split('|') {
        match words.last_mut() {
            Some(word) if !part.starts_with(char::is_uppercase) => word.push(folded(part)),
            _ => words.push(vec![folded(part)]),
        }
    }
    words
}

fn judge(analyzer: &Analyzer, parts: &[String], tally: &mut Tally, show: bool) {
    let word = parts.concat();
    let mut end = 0;
    let mut expected = Vec::new();
    for part in &parts[..parts.len() - 1] {
        end += part.len();
        expected.push(end);
    }
    let pieces = analyzer.split(&word);
    let found: Vec<usize> = pieces.iter().skip(1).map(|piece| piece.start).collect();
    let right = found
        .iter()
        .filter(|point| expected.contains(point))
        .count();
    tally.right += right;
    tally.wrong += found.len() - right;
    tally.missed += expected.len() - right;
    if show && (right != found.len() || right != expected.len()) {
        let ours: Vec<&str> = pieces.iter().map(|piece| &word[piece.clone()]).collect();
        let kind = if right != found.len() {
            "wrong"
        } else {
            "missed"
        };
        println!("{kind}\t{}\t{}", ours.join("|"), parts.join("|"));
    }
}
