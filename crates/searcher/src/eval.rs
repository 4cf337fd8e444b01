//! How good the order of hits is, measured on judged queries in the form of the BEIR collections.

use std::collections::BTreeMap;
use std::io::BufRead;

use serde::Deserialize;

use crate::{Error, SearchRequest, Searcher};

/// So many hits of each query are looked at.
const DEPTH: usize = 100;
/// The first so many hits count for nDCG.
const NDCG_DEPTH: usize = 10;

/// A judged query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedQuery {
    /// Its id in the judgements.
    pub id: String,
    /// What is typed.
    pub text: String,
    /// How relevant which documents are; those that are not named are not relevant.
    pub relevant: BTreeMap<String, u32>,
}

/// Means over all judged queries, each from 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Measures {
    /// Number of queries with at least one relevant document.
    pub queries: usize,
    /// Normalised discounted cumulative gain of the first ten hits.
    pub ndcg_at_10: f64,
    /// Mean reciprocal rank of the first relevant hit.
    pub mrr: f64,
    /// Share of the relevant documents among the first hundred hits.
    pub recall_at_100: f64,
}

/// A file of queries or judgements that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("line {line} of the {what} cannot be read: {reason}")]
pub struct JudgementError {
    /// Which file.
    pub what: &'static str,
    /// Number of the line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

#[derive(Deserialize)]
struct QueryLine {
    #[serde(alias = "_id")]
    id: serde_json::Value,
    #[serde(alias = "query")]
    text: String,
}

/// Reads queries (`{"_id", "text"}` per line) with their judgements (`query-id<TAB>document-id<TAB>grade`).
///
/// # Errors
/// If a line has another form.
pub fn judged_queries(
    queries: impl BufRead,
    judgements: impl BufRead,
) -> Result<Vec<JudgedQuery>, JudgementError> {
    let mut grades = read_judgements(judgements)?;
    let mut judged = Vec::new();
    for (number, line) in queries.lines().enumerate() {
        let failed = |reason: String| JudgementError {
            what: "queries",
            line: number + 1,
            reason,
        };
        let line = line.map_err(|error| failed(error.to_string()))?;
        if line.trim().is_empty() {
            continue;
        }
        let query: QueryLine =
            serde_json::from_str(&line).map_err(|error| failed(error.to_string()))?;
        let id = query
            .id
            .as_str()
            .map_or_else(|| query.id.to_string(), str::to_owned);
        if let Some(relevant) = grades.remove(&id) {
            judged.push(JudgedQuery {
                id,
                text: query.text,
                relevant,
            });
        }
    }
    Ok(judged)
}

type Grades = BTreeMap<String, BTreeMap<String, u32>>;

fn read_judgements(judgements: impl BufRead) -> Result<Grades, JudgementError> {
    let mut grades = Grades::new();
    for (number, line) in judgements.lines().enumerate() {
        let failed = |reason: String| JudgementError {
            what: "judgements",
            line: number + 1,
            reason,
        };
        let line = line.map_err(|error| failed(error.to_string()))?;
        let fields: Vec<&str> = line.split('\t').collect();
        let is_heading = number == 0 && fields.first() == Some(&"query-id");
        if line.trim().is_empty() || is_heading {
            continue;
        }
        let [query, document, grade] = fields[..] else {
            return Err(failed(format!("{} fields instead of 3", fields.len())));
        };
        let grade: u32 = grade
            .trim()
            .parse()
            .map_err(|_| failed(format!("`{grade}` is no grade")))?;
        if grade > 0 {
            grades
                .entry(query.to_owned())
                .or_default()
                .insert(document.to_owned(), grade);
        }
    }
    Ok(grades)
}

/// Searches every judged query and measures the order of its hits.
///
/// # Errors
/// If the index cannot be read.
pub fn evaluate(searcher: &Searcher, queries: &[JudgedQuery]) -> Result<Measures, Error> {
    let mut sum = Measures::default();
    for query in queries {
        let request = SearchRequest {
            query: query.text.clone(),
            size: DEPTH,
            ..SearchRequest::default()
        };
        let results = searcher.search(&request)?;
        let ids: Vec<&str> = results.hits.iter().map(|hit| hit.id.as_str()).collect();
        let measures = measures(&ids, &query.relevant);
        sum.queries += 1;
        sum.ndcg_at_10 += measures.ndcg_at_10;
        sum.mrr += measures.mrr;
        sum.recall_at_100 += measures.recall_at_100;
    }
    let count = sum.queries.max(1) as f64;
    Ok(Measures {
        queries: sum.queries,
        ndcg_at_10: sum.ndcg_at_10 / count,
        mrr: sum.mrr / count,
        recall_at_100: sum.recall_at_100 / count,
    })
}

fn measures(ids: &[&str], relevant: &BTreeMap<String, u32>) -> Measures {
    let grade = |id: &&str| relevant.get(*id).copied().unwrap_or(0);
    let grades: Vec<u32> = ids.iter().take(DEPTH).map(grade).collect();
    let mut best: Vec<u32> = relevant.values().copied().collect();
    best.sort_unstable_by(|left, right| right.cmp(left));
    let ideal = gain(&best);
    let first = grades.iter().position(|grade| *grade > 0);
    let found = grades.iter().filter(|grade| **grade > 0).count();
    Measures {
        queries: 1,
        ndcg_at_10: if ideal > 0.0 {
            gain(&grades) / ideal
        } else {
            0.0
        },
        mrr: first.map_or(0.0, |place| 1.0 / (place + 1) as f64),
        recall_at_100: found as f64 / relevant.len().max(1) as f64,
    }
}

/// Discounted cumulative gain with linear grades, as BEIR's own tool counts it.
fn gain(grades: &[u32]) -> f64 {
    let discounted =
        |(place, grade): (usize, &u32)| f64::from(*grade) / ((place + 2) as f64).log2();
    grades
        .iter()
        .take(NDCG_DEPTH)
        .enumerate()
        .map(discounted)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ids: &[&str], relevant: &[(&str, u32)], expected: [f64; 3]) {
        let relevant = relevant
            .iter()
            .map(|(id, grade)| ((*id).to_owned(), *grade))
            .collect();
        let measures = measures(ids, &relevant);
        let found = [measures.ndcg_at_10, measures.mrr, measures.recall_at_100];
        for (found, expected) in found.into_iter().zip(expected) {
            assert!(
                (found - expected).abs() < 1e-4,
                "{ids:?}: {found} {expected}"
            );
        }
    }

    #[test]
    fn measures_are_those_of_the_books() {
        check(&["a"], &[("a", 1)], [1.0, 1.0, 1.0]);
        check(&["x", "a"], &[("a", 1)], [0.6309, 0.5, 1.0]);
        check(&["b", "a"], &[("a", 2), ("b", 1)], [0.8597, 1.0, 1.0]);
        check(&["x"], &[("a", 1)], [0.0, 0.0, 0.0]);
        check(&[], &[("a", 1)], [0.0, 0.0, 0.0]);
    }

    #[test]
    fn what_lies_deeper_than_ten_counts_only_for_recall_and_rank() {
        let mut ids = vec!["x"; 10];
        ids.push("a");
        check(&ids, &[("a", 1), ("b", 1)], [0.0, 1.0 / 11.0, 0.5]);
    }

    #[test]
    fn queries_and_judgements_are_read_together() {
        let queries = "{\"_id\": \"q1\", \"text\": \"Kurs\"}\n\n{\"id\": 2, \"query\": \"Amt\"}\n{\"_id\": \"q3\", \"text\": \"x\"}";
        let judgements = "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\n2\td3\t1\n";
        let judged =
            judged_queries(queries.as_bytes(), judgements.as_bytes()).expect("valid files");
        let ids: Vec<&str> = judged.iter().map(|query| query.id.as_str()).collect();
        assert_eq!(ids, ["q1", "2"]);
        assert_eq!(judged[0].relevant.len(), 1);
    }

    #[test]
    fn faulty_lines_are_named() {
        let failed = |queries: &str, judgements: &str| {
            let error =
                judged_queries(queries.as_bytes(), judgements.as_bytes()).expect_err("faulty");
            (error.what, error.line)
        };
        assert_eq!(failed("{}", ""), ("queries", 1));
        assert_eq!(failed("", "a\tb\n"), ("judgements", 1));
        assert_eq!(failed("", "q\td\t1\nq\td\tviel"), ("judgements", 2));
    }
}
