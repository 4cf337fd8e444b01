//! Building, publishing, damage and retention, over small invented records in a temporary directory.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use jiff::Timestamp;
use laendersache_model::SectionKind;
use tantivy::query::{Query, TermQuery};
use tantivy::schema::IndexRecordOption;

use crate::generation::{OpenedIndex, generations_dir, list, open_current};
use crate::{
    BuildSettings, Error, Key, Outcome, Progress, Record, RecordSection, build, current_name,
};

fn record(id: &str, title: &str, text: &str) -> Record {
    let section = RecordSection {
        kind: SectionKind::Decision,
        paragraph: 1,
        page: 1,
        text: text.to_owned(),
    };
    Record {
        id: id.to_owned(),
        title: title.to_owned(),
        sections: vec![section],
        ..Record::default()
    }
}

fn records(count: usize) -> Vec<Record> {
    let text = "Die Länder bitten den Bund um mehr Integrationskurse.";
    (1..=count)
        .map(|number| record(&format!("test/{number}"), "Sprachkurse", text))
        .collect()
}

fn settings<'a>(dir: &'a Path, revision: &'a str) -> BuildSettings<'a> {
    BuildSettings {
        dir,
        corpus_revision: revision,
        built_at: Timestamp::UNIX_EPOCH,
        threads: None,
    }
}

fn go_on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn build_all(dir: &Path, revision: &str, records: Vec<Record>) -> Result<Outcome, Error> {
    let records = records.into_iter().map(Ok::<_, std::io::Error>);
    build(records, &settings(dir, revision), &mut go_on)
}

fn built(dir: &Path, revision: &str, count: usize) -> String {
    let outcome = build_all(dir, revision, records(count)).expect("the build succeeds");
    outcome.generation().name.clone()
}

fn count(opened: &OpenedIndex, key: Key, value: &str) -> usize {
    let query = TermQuery::new(opened.fields.key(key, value), IndexRecordOption::Basic);
    query
        .count(&opened.reader.searcher())
        .expect("the index can be searched")
}

#[test]
fn what_was_built_can_be_opened_and_found() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let outcome = build_all(dir.path(), "r1", records(3)).expect("the build succeeds");
    let Outcome::Built(generation) = outcome else {
        panic!("nothing was built before")
    };
    assert_eq!(generation.manifest.documents, 3);
    assert!(generation.manifest.text_bytes > 100);
    assert!(generation.manifest.size_bytes() > 0);
    let opened = open_current(dir.path()).expect("the generation is whole");
    assert_eq!(opened.generation, generation);
    assert!(opened.damage.is_empty());
    assert_eq!(count(&opened, Key::Id, "test/2"), 1);
    assert_eq!(count(&opened, Key::Id, "test/4"), 0);
}

#[test]
fn the_same_corpus_is_not_built_twice() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let name = built(dir.path(), "r1", 2);
    let again = build_all(dir.path(), "r1", records(2)).expect("nothing is to be done");
    assert!(matches!(&again, Outcome::Unchanged(generation) if generation.name == name));
}

#[test]
fn the_name_follows_from_the_corpus() {
    let (left, right) = (tempfile::tempdir(), tempfile::tempdir());
    let (left, right) = (left.expect("a directory"), right.expect("a directory"));
    assert_eq!(built(left.path(), "r1", 2), built(right.path(), "r1", 2));
    assert_ne!(built(left.path(), "r2", 2), built(right.path(), "r3", 2));
}

#[test]
fn an_empty_corpus_is_an_index_without_documents() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    built(dir.path(), "r0", 0);
    let opened = open_current(dir.path()).expect("the generation is whole");
    assert_eq!(opened.reader.searcher().num_docs(), 0);
}

#[test]
fn several_threads_lose_no_record() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let threads = std::num::NonZeroUsize::new(4);
    let settings = BuildSettings {
        threads,
        ..settings(dir.path(), "r1")
    };
    let records = records(300).into_iter().map(Ok::<_, std::io::Error>);
    build(records, &settings, &mut go_on).expect("the build succeeds");
    let opened = open_current(dir.path()).expect("the generation is whole");
    for number in [1, 17, 150, 300] {
        assert_eq!(
            count(&opened, Key::Id, &format!("test/{number}")),
            1,
            "{number}"
        );
    }
    assert_eq!(opened.reader.searcher().segment_readers().len(), 1);
}

#[test]
fn a_build_stopped_at_any_step_leaves_the_old_generation_serving() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let old = built(dir.path(), "r1", 2);
    for stop_at in 1..=5 {
        let mut steps = 0;
        let mut progress = |_: Progress| {
            steps += 1;
            if steps == stop_at {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        let new = records(3).into_iter().map(Ok::<_, std::io::Error>);
        let result = build(
            new,
            &settings(dir.path(), &format!("s{stop_at}")),
            &mut progress,
        );
        let stopped = stop_at < 5;
        assert_eq!(
            matches!(result, Err(Error::Interrupted)),
            stopped,
            "step {stop_at}"
        );
        let serving = open_current(dir.path())
            .expect("a generation serves")
            .generation
            .name;
        assert_eq!(serving == old, stopped, "step {stop_at}");
    }
}

#[test]
fn what_a_killed_build_left_is_removed() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    built(dir.path(), "r1", 1);
    let left = generations_dir(dir.path()).join("0123456789abcdef.partial");
    fs::create_dir(&left).expect("a directory");
    fs::write(left.join("meta.json"), "half").expect("a file");
    built(dir.path(), "r2", 1);
    assert!(!left.exists());
}

#[test]
fn two_generations_are_kept() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let names: Vec<String> = ["r1", "r2", "r3"]
        .map(|revision| built(dir.path(), revision, 1))
        .into();
    let kept: Vec<String> = list(dir.path())
        .into_iter()
        .map(|generation| generation.name)
        .collect();
    assert_eq!(kept, [names[2].clone(), names[1].clone()]);
    assert_eq!(current_name(dir.path()).as_deref(), Some(names[2].as_str()));
}

/// Changes one byte in the middle of a file.
fn flip(path: &Path) {
    let mut bytes = fs::read(path).expect("the file is there");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x20;
    fs::write(path, bytes).expect("the file can be written");
}

#[test]
fn damage_in_any_file_is_found_and_the_older_generation_serves() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let old = built(dir.path(), "r1", 2);
    let new = built(dir.path(), "r2", 3);
    let home = generations_dir(dir.path()).join(&new);
    let mut files = Vec::new();
    for entry in fs::read_dir(&home).expect("the generation is there") {
        let path = entry.expect("an entry").path();
        if !path.to_string_lossy().ends_with(".lock") {
            files.push(path);
        }
    }
    assert!(files.len() >= 6, "{files:?}");
    for path in files {
        let whole = fs::read(&path).expect("the file is there");
        for damage in [flip as fn(&Path), |path| {
            fs::write(path, "").expect("written")
        }] {
            damage(&path);
            let opened = open_current(dir.path()).expect("the old generation is whole");
            assert_eq!(opened.generation.name, old, "{}", path.display());
            assert!(opened.damage[0].contains(&new), "{:?}", opened.damage);
            fs::write(&path, &whole).expect("the file can be written");
        }
    }
    let opened = open_current(dir.path()).expect("everything is whole again");
    assert_eq!(opened.generation.name, new);
}

#[test]
fn a_missing_file_is_damage_too() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let old = built(dir.path(), "r1", 2);
    let new = built(dir.path(), "r2", 3);
    let path = generations_dir(dir.path())
        .join(&new)
        .join("vocabulary.fst");
    fs::remove_file(path).expect("the file is there");
    assert_eq!(
        open_current(dir.path())
            .expect("a generation serves")
            .generation
            .name,
        old
    );
}

#[test]
fn a_damaged_generation_is_built_again_beside_itself() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let name = built(dir.path(), "r1", 2);
    flip(
        &generations_dir(dir.path())
            .join(&name)
            .join("vocabulary.fst"),
    );
    let again = built(dir.path(), "r1", 2);
    assert_ne!(again, name);
    assert!(
        open_current(dir.path())
            .expect("a generation serves")
            .damage
            .is_empty()
    );
}

#[test]
fn without_any_generation_the_error_names_the_way_out() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let error = open_current(dir.path())
        .err()
        .expect("there is nothing to open");
    assert!(error.to_string().contains("laendersache index"), "{error}");
}

#[test]
fn a_name_that_leads_elsewhere_is_no_generation() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    for name in ["../elsewhere", "/etc", "", ".", "a b"] {
        fs::write(dir.path().join("current"), name).expect("a file");
        assert_eq!(current_name(dir.path()), None, "{name}");
    }
}

#[test]
fn a_lost_current_falls_back_to_the_newest() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    built(dir.path(), "r1", 1);
    let newest = built(dir.path(), "r2", 1);
    fs::remove_file(dir.path().join("current")).expect("the file is there");
    assert_eq!(
        open_current(dir.path())
            .expect("a generation serves")
            .generation
            .name,
        newest
    );
}

#[test]
fn an_id_that_occurs_twice_is_an_error_that_names_it() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let twice = vec![
        record("a/1", "", ""),
        record("a/2", "", ""),
        record("a/1", "", ""),
    ];
    let error = build_all(dir.path(), "r1", twice).expect_err("ids are unique");
    assert!(
        matches!(&error, Error::DuplicateId { id } if id == "a/1"),
        "{error}"
    );
    assert!(open_current(dir.path()).is_err());
}

#[test]
fn a_record_that_cannot_be_read_stops_the_build() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let old = built(dir.path(), "r1", 1);
    let broken = [
        Ok(record("a/1", "", "")),
        Err(std::io::Error::other("torn")),
    ];
    let error = build(broken, &settings(dir.path(), "r2"), &mut go_on).expect_err("it stops");
    assert!(matches!(error, Error::Records { .. }), "{error}");
    assert_eq!(
        open_current(dir.path())
            .expect("a generation serves")
            .generation
            .name,
        old
    );
}

#[test]
fn two_builds_do_not_run_at_once() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let mut second = None;
    let mut progress = |_: Progress| {
        second.get_or_insert_with(|| build_all(dir.path(), "r2", records(1)));
        ControlFlow::Continue(())
    };
    let first = records(1).into_iter().map(Ok::<_, std::io::Error>);
    build(first, &settings(dir.path(), "r1"), &mut progress).expect("the first build succeeds");
    assert!(
        matches!(second, Some(Err(Error::Locked { .. }))),
        "{second:?}"
    );
}

#[test]
fn the_vocabulary_knows_every_word_of_the_texts() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    built(dir.path(), "r1", 3);
    let opened = open_current(dir.path()).expect("the generation is whole");
    let bytes = fs::read(opened.generation.vocabulary_path()).expect("the vocabulary is there");
    let words = fst::Map::new(bytes).expect("the vocabulary is a map");
    assert_eq!(words.get("integrationskurse"), Some(3));
    assert_eq!(words.get("sprachkurse"), Some(3));
    assert_eq!(words.get("um"), None);
}
