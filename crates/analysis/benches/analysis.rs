//! The full German analysis against plain lower-casing and Snowball stemming of the same words.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use frostem::{Algorithm, Stemmer};
use laendersache_analysis::Analyzer;

/// Invented resolutions that repeat words as real ones do: a fresh compound in every paragraph.
fn text() -> String {
    let topics = [
        "Integrations",
        "Sprach",
        "Migrations",
        "Jugend",
        "Frauen",
        "Bildungs",
        "Arbeitsmarkt",
        "Gesundheits",
        "Wohnungs",
        "Kultur",
    ];
    let heads = [
        "kurse",
        "beratung",
        "förderung",
        "konferenz",
        "monitoring",
        "programme",
        "maßnahmen",
        "politik",
        "projekte",
        "angebote",
    ];
    let mut text = String::new();
    for (number, (topic, head)) in topics
        .iter()
        .flat_map(|topic| heads.map(|head| (topic, head)))
        .cycle()
        .take(400)
        .enumerate()
    {
        text.push_str(&format!(
            "TOP {}.{}: Die Ministerinnen und Minister, Senatorinnen und -senatoren der Länder begrüßen die Stärkung der \
             {topic}{head} für Migrant*innen nach § {}b Abs. 1 AufenthG. Sie bitten die Bundesregierung, die Sprach- und \
             {topic}{head} in den Haushaltsjahren 2018/2019 auskömmlich zu finanzieren und über die Umsetzung in der \
             Bund-Länder-Arbeitsgruppe „{topic}{head}“ bis zur nächsten Konferenz zu berichten (BT-Drs. 19/{}).\n",
            number / 10 + 1, number % 10 + 1, number % 90 + 1, 1000 + number,
        ));
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
            let mut length = 0;
            for word in text
                .split(|character: char| !character.is_alphanumeric())
                .filter(|word| !word.is_empty())
            {
                length += stemmer.stem(&word.to_lowercase()).len();
            }
            black_box(length)
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
    group.finish();
}

criterion_group!(benches, analysis);
criterion_main!(benches);
