//! Opening, exchanging and surviving damage.

use std::fs;
use std::sync::Arc;

use super::{build_index, ids, records, request};
use crate::{Error, Reload, Searcher};

#[test]
fn without_an_index_there_is_an_error_with_a_cause() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let error = Searcher::open(dir.path())
        .err()
        .expect("there is nothing to open");
    assert!(matches!(error, Error::Open { .. }));
    assert!(std::error::Error::source(&error).is_some());
}

#[test]
fn a_new_generation_is_taken_up_on_request() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    build_index(dir.path(), "r1", records());
    let searcher = Searcher::open(dir.path()).expect("the index is whole");
    assert_eq!(searcher.reload().expect("readable"), Reload::Unchanged);
    let before = searcher.search(&request("Impfung")).expect("readable");
    assert_eq!(before.generation, searcher.health().generation);
    build_index(dir.path(), "r2", records()[..2].to_vec());
    assert_eq!(searcher.document_count(), 9);
    assert_eq!(searcher.reload().expect("readable"), Reload::Reloaded);
    assert_eq!(searcher.document_count(), 2);
    assert_eq!(
        searcher
            .search(&request("Impfung"))
            .expect("readable")
            .total,
        0
    );
    assert_eq!(searcher.health().corpus_revision, "r2");
}

#[test]
fn searches_go_on_while_generations_change() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    build_index(dir.path(), "r0", records());
    let searcher = Arc::new(Searcher::open(dir.path()).expect("the index is whole"));
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let searcher = Arc::clone(&searcher);
            std::thread::spawn(move || {
                for _ in 0..50 {
                    let results = searcher
                        .search(&request("Wohnsitzauflage"))
                        .expect("readable");
                    assert_eq!(ids(&results), ["intmk/18/top/3"]);
                }
            })
        })
        .collect();
    for revision in ["r1", "r2", "r3"] {
        build_index(dir.path(), revision, records());
        searcher.reload().expect("readable");
    }
    for thread in threads {
        thread.join().expect("no search fails");
    }
}

#[test]
fn a_damaged_generation_is_reported_and_the_older_one_serves() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    build_index(dir.path(), "r1", records());
    build_index(dir.path(), "r2", records()[..3].to_vec());
    let name = fs::read_to_string(dir.path().join("current")).expect("there is a current one");
    let vocabulary = dir
        .path()
        .join("generations")
        .join(name.trim())
        .join("vocabulary.fst");
    fs::write(vocabulary, "damaged").expect("a file");
    let searcher = Searcher::open(dir.path()).expect("the older generation is whole");
    assert_eq!(searcher.document_count(), 9);
    assert_eq!(searcher.health().corpus_revision, "r1");
    assert!(searcher.health().damage[0].contains(name.trim()));
}
