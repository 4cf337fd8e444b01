//! What changes or vanishes at the source becomes an event; nothing that is held is lost.

use super::*;
use crate::FetchError;

const NOT_FOUND: &str = "<title>Seite nicht gefunden</title><p>Die Seite wurde nicht gefunden.";

fn missed(path: &str, status: u16) -> Event {
    Event::Missed {
        url: url(path),
        status,
    }
}

#[tokio::test]
async fn changed_content_is_kept_beside_the_old_one() {
    let mut world = listing(1).await;
    world.crawl().await;
    let before = world
        .archive
        .latest(&url("/1.pdf"))
        .unwrap()
        .unwrap()
        .digest;
    world.set("/1.pdf", pdf("Endgültiges Protokoll"));
    let report = world.crawl().await;
    let now = world
        .archive
        .latest(&url("/1.pdf"))
        .unwrap()
        .unwrap()
        .digest;
    assert!(
        has(
            &report,
            &Event::Changed {
                url: url("/1.pdf"),
                before,
                now
            }
        ),
        "{:?}",
        report.events
    );
    assert_eq!(
        world.archive.get(&before).unwrap(),
        b"%PDF-1.7\nProtokoll 1"
    );
}

#[tokio::test]
async fn a_document_vanishes_after_three_misses_over_a_week_and_is_kept() {
    let mut world = listing(8).await;
    world.crawl().await;
    world.remove("/3.pdf");
    let first_miss = world.now;
    for night in 0..10 {
        let report = world.crawl().await;
        assert!(
            has(&report, &missed("/3.pdf", 404)),
            "{night}: {:?}",
            report.events
        );
        let vanished = has(
            &report,
            &Event::Vanished {
                url: url("/3.pdf"),
                since: first_miss,
            },
        );
        assert_eq!(vanished, night == 7, "night {night}");
    }
    assert_eq!(world.kept("/3.pdf").unwrap(), b"%PDF-1.7\nProtokoll 3");
    world.set("/3.pdf", pdf("Protokoll 3"));
    let report = world.crawl().await;
    assert!(
        has(&report, &Event::Returned { url: url("/3.pdf") }),
        "{:?}",
        report.events
    );
    assert!(!has(
        &world.crawl().await,
        &Event::Returned { url: url("/3.pdf") }
    ));
}

#[tokio::test]
async fn documents_that_no_page_leads_to_any_more_are_watched_on() {
    let mut world = listing(3).await;
    world.crawl().await;
    world.set("/start.html", page("<a href=1.pdf><a href=2.pdf>"));
    let report = world.crawl().await;
    let event = Event::NoLongerLinked { url: url("/3.pdf") };
    assert!(has(&report, &event), "{:?}", report.events);
    assert_eq!(world.asked(), ["/start.html", "/1.pdf", "/2.pdf", "/3.pdf"]);
    let report = world.crawl().await;
    assert!(!has(&report, &event), "told once");
    assert_eq!(world.asked().len(), 4);
}

#[tokio::test]
async fn a_listing_that_could_not_be_read_says_nothing_of_its_documents() {
    let mut world = listing(3).await;
    world.crawl().await;
    world.set("/start.html", status(500));
    let report = world.crawl().await;
    assert!(
        !report
            .events
            .iter()
            .any(|event| matches!(event, Event::NoLongerLinked { .. })),
        "{:?}",
        report.events
    );
    assert_eq!(
        report.counts.not_modified, 3,
        "documents are asked for all the same"
    );
}

#[tokio::test]
async fn a_listing_that_loses_a_fifth_is_an_alarm_until_it_is_whole_again() {
    let mut world = listing(10).await;
    world.crawl().await;
    world.set(
        "/start.html",
        page("<a href=1.pdf><a href=2.pdf><a href=3.pdf><a href=4.pdf><a href=5.pdf>"),
    );
    for _ in 0..2 {
        let report = world.crawl().await;
        assert!(
            has(&report, &Event::Shrunken { before: 10, now: 5 }),
            "{:?}",
            report.events
        );
        assert_eq!(report.alarms().len(), 1, "{:?}", report.alarms());
    }
    let links: String = (1..=9)
        .map(|number| format!("<a href={number}.pdf>"))
        .collect();
    world.set("/start.html", page(&links));
    assert!(world.crawl().await.alarms().is_empty());
    assert_eq!(world.archive.held_urls(&world.site.id).unwrap().len(), 11);
}

#[tokio::test]
async fn when_too_much_is_missing_the_run_stops() {
    let mut world = listing(12).await;
    world.crawl().await;
    for number in 1..=12 {
        world.remove(&format!("/{number}.pdf"));
    }
    let report = world.crawl().await;
    assert_eq!(report.stopped, Some(StopReason::TooManyMissed));
    assert_eq!(world.asked().len(), 1 + 5);
    assert_eq!(world.kept("/12.pdf").unwrap(), b"%PDF-1.7\nProtokoll 12");
}

#[tokio::test]
async fn a_page_that_only_says_it_is_not_there_does_not_replace_content() {
    let mut world = listing(8).await;
    world.crawl().await;
    world.set("/2.pdf", page(NOT_FOUND));
    let report = world.crawl().await;
    assert!(has(&report, &missed("/2.pdf", 200)), "{:?}", report.events);
    assert!(has(
        &report,
        &Event::SoftNotFound {
            url: url("/2.pdf"),
            title: "Seite nicht gefunden".into()
        }
    ));
    assert_eq!(world.kept("/2.pdf").unwrap(), b"%PDF-1.7\nProtokoll 2");
    assert_eq!(report.counts.changed, 0);
}

#[tokio::test]
async fn an_excuse_at_a_new_address_is_a_broken_link() {
    let mut world = listing(1).await;
    world.set("/1.pdf", page(NOT_FOUND));
    let report = world.crawl().await;
    assert_eq!(report.errors[0].error, FetchError::NothingThere(200));
    assert_eq!(world.kept("/1.pdf"), None);
}

#[tokio::test]
async fn a_document_that_leads_to_the_start_page_is_missed() {
    let mut world = listing(8).await;
    world.crawl().await;
    world.set("/2.pdf", redirect("/"));
    world.set("/3.pdf", redirect("/start.html"));
    world.set("/4.pdf", redirect("/archiv/4.pdf"));
    world.set("/archiv/4.pdf", pdf("Protokoll 4"));
    let report = world.crawl().await;
    assert!(has(&report, &missed("/2.pdf", 302)), "{:?}", report.events);
    assert!(has(&report, &missed("/3.pdf", 302)), "{:?}", report.events);
    assert!(
        has(
            &report,
            &Event::Moved {
                url: url("/4.pdf"),
                to: url("/archiv/4.pdf")
            }
        ),
        "{:?}",
        report.events
    );
}

#[tokio::test]
async fn a_domain_for_sale_is_left_alone() {
    let mut world = listing(8).await;
    world.crawl().await;
    world.set(
        "/start.html",
        page("<title>intmk.example</title>Diese Domain steht zum Verkauf.<a href=1.pdf>"),
    );
    let report = world.crawl().await;
    assert_eq!(report.stopped, Some(StopReason::Parked));
    assert_eq!(world.asked(), ["/start.html"]);
    assert_eq!(report.alarms().len(), 2, "{:?}", report.alarms());
    assert!(
        world
            .kept("/start.html")
            .unwrap()
            .starts_with(b"<a href=1.pdf>")
    );
}

#[tokio::test]
async fn a_page_in_place_of_a_document_is_told() {
    let mut world = listing(1).await;
    world.crawl().await;
    world.set(
        "/1.pdf",
        page("<p>Bitte bestätigen Sie, dass Sie ein Mensch sind."),
    );
    let report = world.crawl().await;
    let told = report
        .events
        .iter()
        .any(|event| matches!(event, Event::TypeChanged { .. }));
    assert!(told, "{:?}", report.events);
    assert_eq!(report.alarms().len(), 1, "{:?}", report.alarms());
}
