//! What an archivist relies on: a killed night loses nothing that was acknowledged, damage is found and named.

use std::{
    fs::{self, OpenOptions},
    io::{Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    process::Stdio,
    thread,
    time::Duration,
};

use laendersache::FixtureSites;
use laendersache_archive::{Archive, Entry};

use crate::{
    home::{demo, empty, files_below},
    nightly::configure,
    program::{command, laendersache, root},
};

/// Rounds of a night that is killed; the moments are spread over the time a whole night takes.
const ROUNDS: u64 = 24;

#[test]
fn a_sound_archive_is_said_to_be_sound() {
    let report = laendersache(&demo().home, &["verify", "--json"])
        .expect(0)
        .json();
    assert_eq!(report["damages"].as_array().map(Vec::len), Some(0));
    assert!(report["counts"]["captures"].as_u64() > Some(40));
}

#[test]
fn every_original_comes_back_byte_for_byte() {
    let url = "http://intmk.arbeitsministerium-bayern.example/imperia/md/content/stmas/integration/ergebnisprotokoll_13_intmk_nuernberg.pdf";
    let output = command(&demo().home)
        .args(["get", url])
        .output()
        .expect("the program starts");
    let original =
        fs::read(root().join("fixtures/intmk/bayern/intmk-13.pdf")).expect("the fixture");
    assert!(output.status.success());
    assert!(output.stdout == original, "other bytes");
    let history = laendersache(&demo().home, &["history", "--json", url])
        .expect(0)
        .json();
    assert_eq!(history[0]["status"], 200);
    let digest = history[0]["digest"].as_str().expect("a digest");
    let again = command(&demo().home)
        .args(["get", digest])
        .output()
        .expect("the program starts");
    assert!(again.stdout == original, "other bytes");
}

#[test]
fn what_is_not_held_ends_with_3_and_nonsense_with_2() {
    let home = &demo().home;
    laendersache(home, &["history", "http://nowhere.example/"]).expect(3);
    laendersache(home, &["get", &"0".repeat(64)]).expect(3);
    laendersache(home, &["get", "nonsense"]).expect(2);
}

#[test]
fn flipped_bytes_are_found_and_named() {
    let home = empty();
    copy(&demo().home.join("archive"), &home.path().join("archive"));
    let warc = files_below(&home.path().join("archive"))
        .into_iter()
        .find(|path| path.to_string_lossy().ends_with(".warc.gz"))
        .expect("a WARC file");
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .open(&warc)
        .expect("opened");
    let middle = file.metadata().expect("a size").len() / 2;
    let mut byte = [0];
    file.seek(SeekFrom::Start(middle)).expect("a place");
    file.read_exact(&mut byte).expect("a byte");
    file.seek(SeekFrom::Start(middle)).expect("a place");
    file.write_all(&[byte[0] ^ 0xff]).expect("written");
    drop(file);
    let run = laendersache(home.path(), &["verify"]).expect(5);
    assert!(run.stdout.contains("damaged"), "{}", run.stdout);
}

/// Kills a night at moments spread over its length; what the catalog acknowledged must be there, whole, afterwards.
#[tokio::test(flavor = "multi_thread")]
async fn a_killed_night_loses_nothing_that_was_acknowledged() {
    let home = empty();
    let sites = FixtureSites::start().await.expect("the sites are served");
    configure(home.path(), &sites);
    let path = home.path().to_owned();
    tokio::task::spawn_blocking(move || {
        let mut promised = 0;
        for round in 0..ROUNDS {
            let mut night = command(&path)
                .arg("nightly")
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("the program starts");
            thread::sleep(Duration::from_millis(20 + 60 * round));
            night.kill().expect("killed");
            night.wait().expect("ended");
            promised = check_acknowledged(&path, promised);
        }
        let report = laendersache(&path, &["nightly", "--json"]).expect(0).json();
        assert_eq!(
            report["extract"]["counts"]["resolutions"],
            demo().report["extract"]["counts"]["resolutions"]
        );
        assert_eq!(report["extract"]["counts"]["quarantined"], 0);
        laendersache(&path, &["verify"]).expect(0);
        laendersache(&path, &["search", "--", "Integrationskurse"]).expect(0);
    })
    .await
    .expect("the rounds");
}

/// Returns what readers were promised; before the first commit the catalog may be there without its tables.
fn acknowledged(directory: &Path, promised_before: usize) -> Vec<Entry> {
    let captures =
        Archive::open_read_only(directory).and_then(|archive| archive.captures_since(0, 10_000));
    match captures {
        Ok(captures) => captures,
        Err(_) if promised_before == 0 => Vec::new(),
        Err(error) => panic!("the archive was readable before the kill: {error}"),
    }
}

/// Checks that what was promised is there, whole, and returns how many captures that is.
fn check_acknowledged(home: &Path, promised_before: usize) -> usize {
    let directory = home.join("archive");
    if !directory.join("catalog.sqlite").exists() {
        assert_eq!(promised_before, 0, "the catalog is gone");
        return 0;
    }
    let acknowledged = acknowledged(&directory, promised_before);
    assert!(acknowledged.len() >= promised_before);
    let archive = Archive::open(&directory).expect("the archive opens after the kill");
    let found = archive.captures_since(0, 10_000).expect("readable");
    assert!(found.len() >= acknowledged.len());
    for entry in &acknowledged {
        assert!(found.contains(entry), "{} was lost", entry.capture.url);
        archive
            .get(&entry.capture.digest)
            .expect("the content is whole");
    }
    assert!(archive.verify().expect("readable").is_sound());
    found.len()
}

fn copy(from: &Path, to: &Path) {
    for path in files_below(from) {
        let target: PathBuf = to.join(path.strip_prefix(from).expect("below"));
        fs::create_dir_all(target.parent().expect("a parent")).expect("created");
        fs::copy(&path, &target).expect("copied");
    }
}
