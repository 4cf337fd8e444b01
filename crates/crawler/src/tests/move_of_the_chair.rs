//! The first of July: the chair moves, and with it goes half of the site.

use super::*;

const OLD: u32 = 12;

fn framed(text: &str, chair: &str) -> Reply {
    page(&format!(
        "<html><nav><a href=start.html>Start</a><a href=liste.html>Beschlüsse</a></nav>\
         <div id=inhalt>{text}</div><div class=vorsitzkasten>Vorsitz: {chair}</div></html>"
    ))
}

fn fill(world: &World, chair: &str, documents: std::ops::RangeInclusive<u32>) {
    let listing: String = documents
        .clone()
        .map(|number| format!("<p><a href={number}.pdf>Sitzung {number}</a>"))
        .collect();
    let news: String = (1..=4)
        .map(|number| format!("<p><a href=news.html?newsID={number}>Meldung {number}</a>"))
        .collect();
    world.set("/start.html", framed(&format!("Willkommen{news}"), chair));
    world.set(
        "/liste.html",
        framed(&format!("Beschlüsse der Konferenz{listing}"), chair),
    );
    for number in 1..=4 {
        let text = format!("Die Meldung {number} aus alter Zeit, wie sie geschrieben wurde.");
        world.set(&format!("/news.html?newsID={number}"), framed(&text, chair));
    }
    for number in documents {
        world.set(
            &format!("/{number}.pdf"),
            pdf(&format!("Protokoll {number}")),
        );
    }
}

/// The kinds of events with their number.
fn kinds(report: &CrawlReport) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    for event in &report.events {
        let json = serde_json::to_value(event).unwrap();
        *kinds
            .entry(json["event"].as_str().unwrap().to_owned())
            .or_default() += 1;
    }
    kinds
}

fn check(report: &CrawlReport, expected: &[(&str, usize)]) {
    let expected: BTreeMap<_, _> = expected
        .iter()
        .map(|(kind, number)| ((*kind).to_owned(), *number))
        .collect();
    assert_eq!(kinds(report), expected);
}

#[tokio::test]
async fn nothing_is_lost_when_the_chair_moves_and_the_right_things_are_told() {
    let mut world = World::new(&[]).await;
    fill(&world, "Niedersachsen", 1..=OLD);
    let counts = world.crawl().await.counts;
    assert_eq!((counts.new, counts.documents_seen), (6 + 12, 12));

    // The new chair fills the site: its own box, its own documents, and half of the old ones are gone.
    fill(&world, "Nordrhein-Westfalen", 13..=17);
    for number in 1..=OLD / 2 {
        world.remove(&format!("/{number}.pdf"));
    }
    let report = world.crawl().await;
    check(&report, &[("changed", 1), ("new", 5), ("shrunken", 1)]);
    assert_eq!(report.counts.same_text, 5, "the box alone is no change");
    assert_eq!(report.stopped, Some(StopReason::ListingShrunken));
    let report = world.crawl().await;
    check(&report, &[("shrunken", 1)]);

    // Somebody looks and finds that it is so.
    Crawler::confirm_listing(&world.site.id, &world.archive, world.now, "1. Juli").unwrap();
    let report = world.crawl().await;
    check(&report, &[("no_longer_linked", 12), ("missed", 6)]);
    assert_eq!((report.stopped.clone(), report.alarms()), (None, vec![]));
    for _ in 0..6 {
        check(&world.crawl().await, &[("missed", 6)]);
    }
    check(&world.crawl().await, &[("missed", 6), ("vanished", 6)]);

    for number in 1..=17 {
        let path = format!("/{number}.pdf");
        let text = format!("%PDF-1.7\nProtokoll {number}");
        assert_eq!(world.kept(&path).unwrap(), text.as_bytes());
    }
    let history = world.archive.history(&url("/liste.html")).unwrap();
    let old = world.archive.get(&history[0].capture.digest).unwrap();
    assert!(String::from_utf8(old).unwrap().contains("Niedersachsen"));
    assert!(world.archive.verify().unwrap().is_sound());
}
