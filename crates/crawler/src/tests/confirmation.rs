//! An alarm comes every night until somebody has looked and said that it is right.

use super::*;

fn confirm(world: &World) {
    Crawler::confirm_listing(&world.site.id, &world.archive, world.now, "neu geordnet").unwrap();
}

#[tokio::test]
async fn a_shrunken_listing_stops_the_run_until_it_is_confirmed() {
    let mut world = listing(10).await;
    world.crawl().await;
    world.set("/start.html", page("<a href=1.pdf><a href=2.pdf>"));
    for _ in 0..2 {
        let report = world.crawl().await;
        assert_eq!(report.stopped, Some(StopReason::ListingShrunken));
        assert_eq!(world.asked(), ["/start.html", "/1.pdf", "/2.pdf"]);
        assert_eq!(report.alarms().len(), 1, "{:?}", report.alarms());
    }
    confirm(&world);
    for _ in 0..2 {
        let report = world.crawl().await;
        assert_eq!(report.stopped, None);
        assert!(report.alarms().is_empty(), "{:?}", report.alarms());
        assert_eq!(world.asked().len(), 11, "what is held is watched on");
    }
    world.set("/start.html", page("<a href=1.pdf>"));
    assert_eq!(world.crawl().await.stopped, None, "too few to say anything");
}

#[tokio::test]
async fn a_confirmation_is_no_licence_for_the_next_loss() {
    let mut world = listing(20).await;
    world.crawl().await;
    let links = |documents: u32| -> String {
        (1..=documents)
            .map(|number| format!("<a href={number}.pdf>"))
            .collect()
    };
    world.set("/start.html", page(&links(10)));
    world.crawl().await;
    confirm(&world);
    assert_eq!(world.crawl().await.stopped, None);
    world.set("/start.html", page(&links(7)));
    let report = world.crawl().await;
    assert_eq!(report.stopped, Some(StopReason::ListingShrunken));
    let event = Event::Shrunken { before: 10, now: 7 };
    assert!(has(&report, &event), "{:?}", report.events);
}

#[tokio::test]
async fn what_is_confirmed_to_be_missing_does_not_stop_the_run() {
    let mut world = listing(12).await;
    world.crawl().await;
    for number in 1..=11 {
        world.remove(&format!("/{number}.pdf"));
    }
    for _ in 0..2 {
        let report = world.crawl().await;
        assert_eq!(report.stopped, Some(StopReason::TooManyMissed));
        assert_eq!(report.alarms().len(), 1, "{:?}", report.alarms());
    }
    confirm(&world);
    for _ in 0..3 {
        let report = world.crawl().await;
        assert_eq!(report.stopped, None);
        assert_eq!(report.counts.gone, 11);
    }
    assert_eq!(world.kept("/11.pdf").unwrap(), b"%PDF-1.7\nProtokoll 11");
    let notes = world.archive.notes(&world.site.id, 99).unwrap();
    let remark = notes.iter().find(|entry| !entry.note.text.is_empty());
    assert_eq!(remark.unwrap().note.text, "neu geordnet");
}

#[tokio::test]
async fn a_night_with_a_broken_listing_is_no_measure() {
    let mut world = listing(10).await;
    world.crawl().await;
    let whole = world.kept("/start.html").unwrap();
    world.set("/start.html", status(500));
    assert_eq!(world.crawl().await.stopped, None, "documents are watched");
    world.set("/start.html", page("<a href=1.pdf>"));
    let report = world.crawl().await;
    let event = Event::Shrunken { before: 10, now: 1 };
    assert!(has(&report, &event), "{:?}", report.events);
    world.set("/start.html", page(std::str::from_utf8(&whole).unwrap()));
    assert!(world.crawl().await.alarms().is_empty());
}
