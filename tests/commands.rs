//! The command line: exit codes, errors that name the thing and the way out, JSON on stdout alone.

use std::fs;

use crate::{
    home::{demo, empty},
    program::laendersache,
};

#[test]
fn faulty_arguments_end_with_2() {
    let home = empty();
    for arguments in [
        &["nonsense"][..],
        &[],
        &["search"],
        &["serve", "--listen", "here"],
        &["demo", "--port", "1"],
    ] {
        let run = laendersache(home.path(), arguments).expect(2);
        assert!(
            run.stdout.is_empty() && !run.stderr.is_empty(),
            "{arguments:?}"
        );
    }
    assert!(
        laendersache(home.path(), &["--help"])
            .expect(0)
            .stdout
            .contains("Exit codes")
    );
}

#[test]
fn a_crawl_without_contact_is_refused_with_the_way_out() {
    let home = empty();
    let run = laendersache(home.path(), &["crawl"]).expect(2);
    assert!(run.stderr.contains("contact"), "{}", run.stderr);
}

#[test]
fn an_unknown_site_is_named() {
    let home = empty();
    let run = laendersache(home.path(), &["crawl", "atlantis"]).expect(2);
    assert!(run.stderr.contains("atlantis"), "{}", run.stderr);
}

#[test]
fn a_confirmation_is_kept_in_the_archive() {
    let home = empty();
    let run = laendersache(
        home.path(),
        &["confirm", "intmk-zentral", "--remark", "seen by hand"],
    )
    .expect(0);
    assert!(run.stdout.contains("intmk-zentral"), "{}", run.stdout);
    laendersache(home.path(), &["confirm", "atlantis", "--remark", "x"]).expect(2);
    laendersache(home.path(), &["confirm", "intmk-zentral"]).expect(2);
    laendersache(home.path(), &["verify"]).expect(0);
}

#[test]
fn a_faulty_configuration_is_named() {
    let home = empty();
    fs::write(
        home.path().join("laendersache.toml"),
        "[crawl]\ndelay = 'long'\n",
    )
    .expect("written");
    let run = laendersache(home.path(), &["status"]).expect(2);
    assert!(
        run.stderr.contains("laendersache.toml") && run.stderr.contains("delay"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_is_not_there_yet_is_said() {
    let home = empty();
    let run = laendersache(home.path(), &["status"]).expect(3);
    assert!(run.stdout.contains("none yet"), "{}", run.stdout);
    for (verb, way_out) in [("index", "extract"), ("serve", "nightly")] {
        let run = laendersache(home.path(), &[verb]).expect(1);
        assert!(run.stderr.contains(way_out), "{verb}: {}", run.stderr);
    }
}

#[test]
fn a_held_lock_ends_with_75() {
    let home = empty();
    let lock = fs::File::create(home.path().join("writer.lock")).expect("created");
    lock.try_lock().expect("free");
    for verb in ["crawl", "extract", "index", "nightly"] {
        fs::write(
            home.path().join("laendersache.toml"),
            "[crawl]\ncontact = 'a@b.example'\n",
        )
        .expect("written");
        let run = laendersache(home.path(), &[verb]).expect(75);
        assert!(
            run.stderr.contains("another process"),
            "{verb}: {}",
            run.stderr
        );
    }
}

#[test]
fn the_configuration_in_effect_is_printed() {
    let home = empty();
    let printed = laendersache(home.path(), &["config", "--json"])
        .expect(0)
        .json();
    assert_eq!(printed["crawl"]["delay_ms"], 2000);
    assert_eq!(printed["home"], home.path().display().to_string());
}

#[test]
fn a_search_without_hits_ends_with_3_and_prints_json() {
    let run = laendersache(&demo().home, &["search", "--json", "--", "Quastenflosser"]).expect(3);
    assert_eq!(run.json()["total"], 0);
}

#[test]
fn status_tells_what_is_held() {
    let status = laendersache(&demo().home, &["status", "--json"])
        .expect(0)
        .json();
    assert!(status["corpus"]["resolutions"].as_u64() >= Some(120));
    assert_eq!(
        status["generation"]["resolutions"],
        status["corpus"]["resolutions"]
    );
    assert_eq!(status["last_night"]["errors"], 0);
}
