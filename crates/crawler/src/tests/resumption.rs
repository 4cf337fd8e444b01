//! A run that was broken off goes on where it stopped, and its report is that of one whole run.

use super::*;

/// A start page, a redirect, a dead link and documents.
async fn winding_site() -> World {
    let links = "<a href=alt.pdf><a href=tot.pdf><a href='http://intmk.example/liste.html'><a href=1.pdf><a href=2.pdf>";
    World::new(&[
        ("/start.html", page(links)),
        ("/alt.pdf", redirect("/neu/alt.pdf")),
        ("/neu/alt.pdf", pdf("umgezogen")),
        (
            "/liste.html",
            Reply::Then(
                Box::new(redirect("http://www.intmk.example/liste.html")),
                Box::new(page("<a href=3.pdf>")),
            ),
        ),
        ("/1.pdf", pdf("eins")),
        ("/2.pdf", pdf("zwei")),
        ("/3.pdf", pdf("drei")),
    ])
    .await
}

/// What a report says but for when and how.
fn story(mut report: CrawlReport) -> CrawlReport {
    report.duration_ms = 0;
    report.resumed_at = None;
    report.counts.requests = 0;
    report.counts.received_bytes = 0;
    report.counts.payload_bytes = 0;
    report.counts.taken_over = 0;
    report
}

#[tokio::test]
async fn a_killed_run_goes_on_where_it_stopped_and_tells_the_same_story() {
    let mut whole = winding_site().await;
    let expected = whole.crawl().await;
    for addresses in 1..=6 {
        let mut world = winding_site().await;
        world.crawl_and_die_after(addresses).await;
        let first = world.asked();
        let resumed_at = world.now;
        let report = world.crawl().await;
        let second = world.asked();
        assert_eq!(
            [first, second].concat(),
            whole.asked(),
            "killed after {addresses}"
        );
        assert_eq!(report.resumed_at, Some(resumed_at));
        assert_eq!(story(report), story(expected.clone()));
        assert_eq!(world.runs().len(), 1);
        assert!(world.archive.verify().unwrap().is_sound());
    }
}

#[tokio::test]
async fn a_run_may_be_killed_again_and_again() {
    let mut world = listing(6).await;
    let mut asked = Vec::new();
    for addresses in [2, 4, 5] {
        world.crawl_and_die_after(addresses).await;
        asked.extend(world.asked());
    }
    let report = world.crawl().await;
    asked.extend(world.asked());
    assert_eq!(asked.len(), 7, "{asked:?}");
    assert_eq!((report.counts.new, report.counts.addresses), (7, 7));
    assert_eq!(
        report.counts.requests,
        7 + 1,
        "with robots.txt of this process"
    );
}

#[tokio::test]
async fn a_run_that_came_to_its_end_leaves_nothing_to_go_on_from() {
    let mut world = listing(3).await;
    world.crawl_and_die_after(2).await;
    world.crawl().await;
    let report = world.crawl().await;
    assert_eq!((report.resumed_at, report.counts.taken_over), (None, 0));
    assert_eq!(world.asked().len(), 4);
    assert_eq!(report.counts.not_modified, 3);
}

#[tokio::test]
async fn changes_are_told_against_what_was_held_before_the_run_that_was_killed() {
    let mut world = listing(6).await;
    world.crawl().await;
    world.set("/1.pdf", pdf("endgültig"));
    world.remove("/2.pdf");
    world.crawl_and_die_after(4).await;
    let report = world.crawl().await;
    assert_eq!(world.asked(), ["/4.pdf", "/5.pdf", "/6.pdf"]);
    assert_eq!((report.counts.changed, report.counts.gone), (1, 1));
    assert_eq!(report.counts.not_modified, 4);
    let missed = Event::Missed {
        url: url("/2.pdf"),
        status: 404,
    };
    assert!(has(&report, &missed), "{:?}", report.events);
    assert_eq!(report.events.len(), 2, "{:?}", report.events);
}

#[tokio::test]
async fn a_run_that_was_broken_off_long_ago_is_closed_and_a_new_one_begins() {
    let mut world = listing(6).await;
    let first_begin = world.now;
    world.crawl_and_die_after(3).await;
    world.now += SignedDuration::from_hours(12);
    let report = world.crawl().await;
    assert_eq!(world.asked().len(), 7, "everything is asked for");
    assert_eq!(report.resumed_at, None);
    assert_eq!((report.counts.new, report.counts.not_modified), (4, 2));
    let runs = world.runs();
    assert_eq!(runs.len(), 2);
    let closed = &runs[1];
    assert_eq!(closed.started_at, first_begin);
    assert_eq!(closed.stopped, Some(StopReason::BrokenOff));
    assert_eq!((closed.counts.new, closed.counts.addresses), (3, 3));
    assert_eq!(closed.events.len(), 3, "{:?}", closed.events);
}

#[tokio::test]
async fn what_a_broken_off_run_asked_counts_for_the_limit_of_the_day() {
    let mut world = listing(6).await;
    world.config.daily_requests = 6;
    world.crawl_and_die_after(4).await;
    let report = world.crawl().await;
    assert_eq!(report.stopped, Some(StopReason::DailyBudget));
    assert_eq!(
        world.asked().len(),
        1,
        "four before, robots.txt and one more"
    );
}
