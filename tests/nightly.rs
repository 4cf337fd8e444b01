//! Two nights over the invented sites: the second one transfers nothing and changes nothing.

use std::{fs, path::Path};

use laendersache::FixtureSites;
use serde_json::Value;

use crate::{
    home::empty,
    program::{laendersache, root},
};

/// Writes the configuration under which the program crawls the invented sites.
pub fn configure(home: &Path, sites: &FixtureSites) {
    let hosts: toml::Table = sites
        .hosts()
        .into_iter()
        .map(|(host, address)| (host, toml::Value::from(address.to_string())))
        .collect();
    let mut crawl = toml::Table::new();
    crawl.insert(
        "contact".to_owned(),
        "https://laendersache.example/crawler".into(),
    );
    crawl.insert("delay_ms".to_owned(), 0.into());
    crawl.insert("hosts".to_owned(), hosts.into());
    let mut configuration = toml::Table::new();
    let conferences = root().join("fixtures/conferences");
    configuration.insert(
        "conferences".to_owned(),
        conferences.display().to_string().into(),
    );
    configuration.insert("crawl".to_owned(), crawl.into());
    fs::write(home.join("laendersache.toml"), configuration.to_string()).expect("written");
}

fn sum(report: &Value, count: &str) -> u64 {
    let sites = report["crawl"]["sites"]
        .as_array()
        .expect("a list of sites");
    assert_eq!(sites.len(), 3);
    sites
        .iter()
        .map(|site| {
            site["counts"][count]
                .as_u64()
                .unwrap_or_else(|| panic!("no count {count}"))
        })
        .sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_night_transfers_only_304s_and_changes_nothing() {
    let home = empty();
    let sites = FixtureSites::start().await.expect("the sites are served");
    configure(home.path(), &sites);
    let path = home.path().to_owned();
    let night = move || laendersache(&path, &["nightly", "--json"]).expect(0).json();

    let first = tokio::task::spawn_blocking(night.clone())
        .await
        .expect("a night");
    let first_answers = sites.take_answers();
    assert!(
        first_answers
            .iter()
            .filter(|answer| answer.status == 200)
            .count()
            > 40
    );
    assert!(
        first_answers
            .iter()
            .all(|answer| !answer.url.contains("/intern/")),
        "robots.txt forbids it"
    );
    assert_eq!(first["index"]["built"], true);

    let second = tokio::task::spawn_blocking(night).await.expect("a night");
    let transferred: Vec<_> = sites
        .take_answers()
        .into_iter()
        .filter(|answer| answer.status != 304 && !answer.url.ends_with("/robots.txt"))
        .collect();
    assert_eq!(transferred, []);
    for count in ["new", "changed", "unchanged", "gone", "errors"] {
        assert_eq!(sum(&second, count), 0, "{count}");
    }
    assert_eq!(sum(&second, "addresses"), sum(&first, "addresses"));
    assert_eq!(
        second["crawl"]["archive"]["payloads"],
        first["crawl"]["archive"]["payloads"]
    );
    assert_eq!(second["extract"]["revision"], first["extract"]["revision"]);
    assert_eq!(second["index"]["generation"], first["index"]["generation"]);
    assert_eq!(second["index"]["built"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_stages_one_by_one_give_what_the_night_gives() {
    let home = empty();
    let sites = FixtureSites::start().await.expect("the sites are served");
    configure(home.path(), &sites);
    let path = home.path().to_owned();
    tokio::task::spawn_blocking(move || {
        laendersache(&path, &["crawl", "gmk-gmkonline"]).expect(0);
        let extracted = laendersache(&path, &["extract", "--json"]).expect(0).json();
        assert_eq!(extracted["counts"]["resolutions"], 14);
        laendersache(&path, &["index"]).expect(0);
        let found = laendersache(&path, &["search", "--json", "--", "Gesundheit"])
            .expect(0)
            .json();
        assert!(found["total"].as_u64() > Some(0));
        // A corpus that was lost is made again from the archive alone.
        fs::remove_file(path.join("corpus.sqlite")).expect("removed");
        let again = laendersache(&path, &["extract", "--json"]).expect(0).json();
        assert_eq!(again["revision"], extracted["revision"]);
    })
    .await
    .expect("the stages");
}
