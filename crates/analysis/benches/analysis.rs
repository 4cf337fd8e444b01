//! The full German analysis against plain lower-casing and Snowball stemming of the same words.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use frostem::{Algorithm, Stemmer};
use laendersache_analysis::Analyzer;

/// Counted words: drawn as often as they occur, they make a text with the vocabulary of real ones.
const COUNTS: &str = include_str!("../data/lexicon.tsv");

/// A text of 60 000 words; every eighth is a compound that most likely never came before.
fn text() -> String {
    let counted = COUNTS.lines().filter_map(|line| line.split_once('\t'));
    let mut sum = 0_u64;
    let words: Vec<(u64, &str)> = counted
        .filter_map(|(word, count)| {
            sum += count.parse::<u64>().ok()?;
            Some((sum, word))
        })
        .collect();
    let mut state = 42_u64;
    let mut draw = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let at = (state >> 16) % sum;
        words[words.partition_point(|(until, _)| *until <= at)].1
    };
    let mut text = String::new();
    for number in 0..60_000 {
        match number % 40 {
            7 => text.push_str("Bürger*innen und -vertretungen "),
            23 => text.push_str("nach § 25b Abs. 1 AufenthG, "),
            31 => text.push_str("Sprach- und Integrationskurse (BT-Drs. 19/8752). "),
            rest if rest % 8 == 3 => text.extend([draw(), draw(), " "]),
            _ => text.extend([draw(), " "]),
        }
    }
    text
}

fn analysis(criterion: &mut Criterion) {
    let text = text();
    let mut group = criterion.benchmark_group("analysis");
    group.throughput(Throughput::Bytes(text.len() as u64));
    let stemmer = Stemmer::new(Algorithm::German);
    group.bench_function("snowball", |bencher| {
        bencher.iter(|| {
            let words = text.split(|character: char| !character.is_alphanumeric());
            let words = words.filter(|word| !word.is_empty());
            black_box(
                words
                    .map(|word| stemmer.stem(&word.to_lowercase()).len())
                    .sum::<usize>(),
            )
        });
    });
    let analyzer = Analyzer::german();
    group.bench_function("german", |bencher| {
        bencher.iter(|| {
            let mut length = 0;
            analyzer.analyze(&text, &mut |term| length += term.text.len());
            black_box(length)
        });
    });
    // A fresh thread remembers no words.
    group.bench_function("german, nothing remembered", |bencher| {
        bencher.iter(|| {
            let mut length = 0;
            std::thread::scope(|scope| {
                scope.spawn(|| analyzer.analyze(&text, &mut |term| length += term.text.len()));
            });
            black_box(length)
        });
    });
    group.finish();
}

criterion_group!(benches, analysis);
criterion_main!(benches);
