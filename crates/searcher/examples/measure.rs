//! Measures indexing and searching over a collection, beside the plain engine in the same run.
//!
//! `cargo run --release --example measure -- PASSAGES.jsonl QUERIES.jsonl DIRECTORY`

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use laendersache_indexer::{BuildSettings, Record, build, import, revision};
use laendersache_model::{Conferences, Land};
use laendersache_searcher::{Filters, SearchRequest, Searcher};
use serde::Deserialize;
use tantivy::collector::{Count, FacetCollector, TopDocs};
use tantivy::query::{BooleanQuery, Occur, PhraseQuery, Query, RegexQuery, TermQuery};
use tantivy::schema::{
    FacetOptions, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::{Language, LowerCaser, SimpleTokenizer, Stemmer, TextAnalyzer};
use tantivy::{Index, IndexReader, TantivyDocument, Term};

type Failure = Box<dyn Error + Send + Sync>;

#[derive(Deserialize)]
struct Line {
    kind: String,
    op: String,
    terms: Vec<String>,
    facet: Option<String>,
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [passages, queries, dir] = arguments.as_slice() else {
        return Err("usage: measure PASSAGES.jsonl QUERIES.jsonl DIRECTORY".into());
    };
    let dir = Path::new(dir);
    fs::create_dir_all(dir)?;
    let lines: Vec<Line> = BufReader::new(File::open(queries)?)
        .lines()
        .map(|line| Ok(serde_json::from_str(&line?)?))
        .collect::<Result<_, Failure>>()?;
    let plain = measure_plain_indexing(passages, &dir.join("plain"))?;
    measure_indexing(passages, &dir.join("own"))?;
    let started = Instant::now();
    let searcher = Searcher::open_with(&dir.join("own"), Conferences::default())?;
    println!("open: {:.1} ms", started.elapsed().as_secs_f64() * 1e3);
    for threads in [1, 8] {
        let own = rate(&lines, threads, &|line| search(&searcher, line))?;
        let engine = rate(&lines, threads, &|line| plain.search(line))?;
        println!(
            "search, {threads} clients: {own:.0}/s, plain engine {engine:.0}/s, ratio {:.2}",
            own / engine
        );
    }
    by_kind(&lines, &searcher, &plain)
}

fn by_kind(lines: &[Line], searcher: &Searcher, plain: &Plain) -> Result<(), Failure> {
    let mut kinds: Vec<&str> = lines.iter().map(|line| line.kind.as_str()).collect();
    kinds.dedup();
    for kind in kinds {
        let own_lines: Vec<&Line> = lines.iter().filter(|line| line.kind == kind).collect();
        let mut times = [0.0; 2];
        let mut hits = [0; 2];
        for line in &own_lines {
            let started = Instant::now();
            hits[0] += search(searcher, line)?;
            times[0] += started.elapsed().as_secs_f64();
            let started = Instant::now();
            hits[1] += plain.search(line)?;
            times[1] += started.elapsed().as_secs_f64();
        }
        let mean = |time: f64| time * 1e6 / own_lines.len() as f64;
        println!(
            "{kind:>10}: {:6.0} µs, plain {:6.0} µs, hits {} and {}",
            mean(times[0]),
            mean(times[1]),
            hits[0],
            hits[1]
        );
    }
    Ok(())
}

/// Queries per second over all lines, several times, by so many threads.
fn rate(
    lines: &[Line],
    threads: usize,
    search: &(dyn Fn(&Line) -> Result<u64, Failure> + Sync),
) -> Result<f64, Failure> {
    const ROUNDS: usize = 5;
    for line in lines {
        search(line)?;
    }
    let next = AtomicUsize::new(0);
    let started = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= ROUNDS * lines.len()
                        || search(&lines[number % lines.len()]).is_err()
                    {
                        break;
                    }
                }
            });
        }
    });
    Ok((ROUNDS * lines.len()) as f64 / started.elapsed().as_secs_f64())
}

fn measure_indexing(passages: &str, dir: &Path) -> Result<(), Failure> {
    let revision = revision(File::open(passages)?)?;
    let settings = BuildSettings {
        dir,
        corpus_revision: &revision,
        built_at: jiff::Timestamp::UNIX_EPOCH,
        threads: None,
    };
    let started = Instant::now();
    let records = import(BufReader::new(File::open(passages)?));
    let outcome = build(records, &settings, &mut |progress| {
        if !matches!(progress, laendersache_indexer::Progress::Records(count) if count % 50_000 != 0)
        {
            println!(
                "  {progress:?} after {:.1} s",
                started.elapsed().as_secs_f64()
            );
        }
        ControlFlow::Continue(())
    })?;
    let manifest = &outcome.generation().manifest;
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "indexing: {:.0} documents/s, index/text {:.2}",
        manifest.documents as f64 / seconds,
        manifest.size_bytes() as f64 / manifest.text_bytes as f64
    );
    Ok(())
}

fn search(searcher: &Searcher, line: &Line) -> Result<u64, Failure> {
    let query = match line.op.as_str() {
        "or" => line.terms.join(" ODER "),
        "phrase" => format!("\"{}\"", line.terms.join(" ")),
        "prefix" => format!("{}*", line.terms.join("")),
        _ => line.terms.join(" "),
    };
    let chair = line
        .facet
        .as_deref()
        .and_then(Land::from_name)
        .into_iter()
        .collect();
    let filters = Filters {
        chair,
        ..Filters::default()
    };
    let request = SearchRequest {
        query,
        filters,
        size: 10,
        ..SearchRequest::default()
    };
    Ok(searcher.search(&request)?.total)
}

/// The engine as it is used without this project: one field each for title and text, Snowball stems, one facet.
struct Plain {
    reader: IndexReader,
    title: Field,
    body: Field,
    facet: Field,
    analyzer: TextAnalyzer,
}

fn measure_plain_indexing(passages: &str, dir: &Path) -> Result<Plain, Failure> {
    fs::create_dir_all(dir)?;
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("german")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = TextOptions::default().set_indexing_options(indexing) | STORED;
    let title = schema.add_text_field("title", text.clone());
    let body = schema.add_text_field("body", text);
    let facet = schema.add_facet_field("facet", FacetOptions::default());
    let index = Index::create_in_dir(dir, schema.build())?;
    let analyzer = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(LowerCaser)
        .filter(Stemmer::new(Language::German))
        .build();
    index.tokenizers().register("german", analyzer.clone());
    let started = Instant::now();
    let mut writer = index.writer_with_num_threads(2, 2 * (96 << 20))?;
    let mut count = 0_u64;
    for record in import(BufReader::new(File::open(passages)?)) {
        let record: Record = record?;
        let mut document = TantivyDocument::default();
        document.add_text(title, &record.title);
        document.add_text(
            body,
            record
                .sections
                .iter()
                .map(|section| section.text.as_str())
                .collect::<Vec<_>>()
                .join("\n"),
        );
        if let Some(land) = record.chair {
            document.add_facet(facet, format!("/{}", land.code()).as_str());
        }
        writer.add_document(document)?;
        count += 1;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    println!(
        "plain engine, indexing: {:.0} documents/s",
        count as f64 / started.elapsed().as_secs_f64()
    );
    Ok(Plain {
        reader: index.reader()?,
        title,
        body,
        facet,
        analyzer,
    })
}

impl Plain {
    fn term(&self, field: Field, word: &str) -> Term {
        let mut analyzer = self.analyzer.clone();
        let mut stream = analyzer.token_stream(word);
        let text = stream
            .next()
            .map(|token| token.text.clone())
            .unwrap_or_default();
        Term::from_field_text(field, &text)
    }

    fn both(
        &self,
        make: &dyn Fn(Field) -> Result<Box<dyn Query>, Failure>,
    ) -> Result<Box<dyn Query>, Failure> {
        Ok(Box::new(BooleanQuery::union(vec![
            make(self.title)?,
            make(self.body)?,
        ])))
    }

    fn query(&self, line: &Line) -> Result<Box<dyn Query>, Failure> {
        let word = |word: &String| {
            self.both(&|field| {
                Ok(Box::new(TermQuery::new(
                    self.term(field, word),
                    IndexRecordOption::WithFreqs,
                )))
            })
        };
        let mut clauses = Vec::new();
        match line.op.as_str() {
            "phrase" => {
                let query = self.both(&|field| {
                    let terms = line
                        .terms
                        .iter()
                        .map(|word| self.term(field, word))
                        .collect();
                    Ok(Box::new(PhraseQuery::new(terms)))
                })?;
                clauses.push((Occur::Must, query));
            }
            "prefix" => {
                let pattern = format!("{}.*", line.terms.join(""));
                let query =
                    self.both(&|field| Ok(Box::new(RegexQuery::from_pattern(&pattern, field)?)))?;
                clauses.push((Occur::Must, query));
            }
            op => {
                let occur = if op == "or" {
                    Occur::Should
                } else {
                    Occur::Must
                };
                for term in &line.terms {
                    clauses.push((occur, word(term)?));
                }
            }
        }
        if let Some(land) = line.facet.as_deref().and_then(Land::from_name) {
            let facet = tantivy::schema::Facet::from(format!("/{}", land.code()).as_str());
            let term = Term::from_facet(self.facet, &facet);
            clauses.push((
                Occur::Must,
                Box::new(TermQuery::new(term, IndexRecordOption::Basic)),
            ));
        }
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    fn search(&self, line: &Line) -> Result<u64, Failure> {
        let searcher = self.reader.searcher();
        let query = self.query(line)?;
        let mut facets = FacetCollector::for_field("facet");
        facets.add_facet("/");
        let collectors = (TopDocs::with_limit(10).order_by_score(), Count, facets);
        let (top, count, counts) = searcher.search(&query, &collectors)?;
        let _ = counts.get("/").count();
        let snippets = SnippetGenerator::create(&searcher, &*query, self.body)?;
        for (_, address) in top {
            let document: TantivyDocument = searcher.doc(address)?;
            let text = document.get_first(self.body);
            let text = text
                .as_ref()
                .and_then(|value| value.as_str())
                .unwrap_or_default();
            std::hint::black_box(snippets.snippet(text).to_html());
        }
        Ok(count as u64)
    }
}
