//! Nobody is harmed: `robots.txt`, pauses, one connection, pauses that the server asks for.

use super::*;
use crate::FetchError;

fn robots(text: &str) -> Reply {
    Reply::Whole(
        200,
        vec![("content-type", "text/plain".into())],
        text.into(),
    )
}

async fn three_pages() -> World {
    World::new(&[
        ("/start.html", page("<a href=a.html><a href=b.html>")),
        ("/a.html", page("A")),
        ("/b.html", page("B")),
    ])
    .await
}

#[tokio::test]
async fn what_robots_txt_forbids_is_not_asked_for() {
    let mut world = three_pages().await;
    world.set(
        "/robots.txt",
        robots("User-agent: *\nDisallow: /\n\nUser-agent: laendersache\nDisallow: /b"),
    );
    let report = world.crawl().await;
    let log = world.log();
    assert_eq!(log[0].path, "/robots.txt", "asked first, and once");
    assert_eq!(world.asked(), ["/start.html", "/a.html"]);
    assert_eq!(report.counts.refused_by_robots, 1);
    assert!(
        log.iter()
            .all(|logged| logged.user_agent.contains("https://example.org/bot"))
    );
}

#[tokio::test]
async fn a_missing_robots_txt_allows_everything() {
    for missing in [status(404), status(403), status(410)] {
        let mut world = three_pages().await;
        world.set("/robots.txt", missing);
        world.crawl().await;
        assert_eq!(world.asked().len(), 3);
    }
}

#[tokio::test]
async fn a_broken_robots_txt_forbids_everything() {
    for broken in [status(500), Reply::Silence] {
        let mut world = three_pages().await;
        world.config.total_timeout = Duration::from_millis(60);
        world.set("/robots.txt", broken);
        let report = world.crawl().await;
        assert!(world.asked().is_empty());
        assert_eq!(report.stopped, Some(StopReason::RobotsUnreachable));
        assert!(!report.alarms().is_empty());
    }
}

#[tokio::test]
async fn redirects_of_robots_txt_are_followed_within_the_site_only() {
    let mut world = three_pages().await;
    world.set("/robots.txt", redirect("/anderswo.txt"));
    world.set("/anderswo.txt", robots("User-agent: *\nDisallow: /b"));
    world.crawl().await;
    assert_eq!(world.asked(), ["/anderswo.txt", "/start.html", "/a.html"]);
    let mut world = three_pages().await;
    world.set("/robots.txt", redirect("http://127.0.0.1/robots.txt"));
    world.crawl().await;
    assert_eq!(world.asked().len(), 3);
}

#[tokio::test]
async fn requests_come_one_after_the_other_on_one_connection_with_pauses() {
    let mut world = three_pages().await;
    world.config.delay = Duration::from_millis(120);
    world.crawl().await;
    let log = world.log();
    assert_eq!(log.len(), 4);
    assert_eq!(peers(&log).len(), 1, "one connection");
    for pair in log.windows(2) {
        assert!(
            pair[1].at - pair[0].at >= Duration::from_millis(120),
            "{pair:?}"
        );
    }
}

#[tokio::test]
async fn two_runs_at_once_share_the_turn_of_a_host() {
    let mut world = three_pages().await;
    world.config.delay = Duration::from_millis(60);
    let crawler = Crawler::new(
        Fetcher::new(world.config.clone()).unwrap(),
        Arc::new(InProcess),
    );
    let mut other = world.site.clone();
    other.id = SiteId("intmk-zweite".into());
    let (first, second) = tokio::join!(
        crawler.crawl(&world.site, &world.archive, world.now),
        crawler.crawl(&other, &world.archive, world.now),
    );
    assert_eq!(
        first.unwrap().counts.addresses + second.unwrap().counts.addresses,
        6
    );
    for pair in world.log().windows(2) {
        assert!(
            pair[1].at - pair[0].at >= Duration::from_millis(60),
            "{pair:?}"
        );
    }
}

#[tokio::test]
async fn the_pause_that_the_site_asks_for_is_kept() {
    let mut world = three_pages().await;
    world.set("/robots.txt", robots("User-agent: *\nCrawl-delay: 0.15"));
    world.crawl().await;
    for pair in world.log()[1..].windows(2) {
        assert!(
            pair[1].at - pair[0].at >= Duration::from_millis(150),
            "{pair:?}"
        );
    }
}

#[tokio::test]
async fn a_busy_server_is_asked_again_when_it_said() {
    let mut world = three_pages().await;
    let busy = Reply::Whole(503, vec![("retry-after", "1".into())], Vec::new());
    world.set("/a.html", Reply::Then(Box::new(busy), Box::new(page("A"))));
    let report = world.crawl().await;
    assert_eq!(
        world.asked(),
        ["/start.html", "/a.html", "/a.html", "/b.html"]
    );
    let log = world.log();
    assert!(log[3].at - log[2].at >= Duration::from_secs(1));
    assert_eq!((report.counts.new, report.counts.errors), (3, 0));
}

#[tokio::test]
async fn a_server_that_asks_for_a_long_pause_is_left_alone() {
    let mut world = three_pages().await;
    world.set(
        "/a.html",
        Reply::Whole(429, vec![("retry-after", "3600".into())], Vec::new()),
    );
    let report = world.crawl().await;
    assert_eq!(world.asked(), ["/start.html", "/a.html"]);
    assert_eq!(report.stopped, Some(StopReason::AskedToComeBackLater));
    assert_eq!(report.errors[0].error, FetchError::ComeBackLater(3_600));
}

#[tokio::test]
async fn a_broken_address_is_tried_a_few_times_with_growing_pauses() {
    let mut world = three_pages().await;
    world.config.backoff = Duration::from_millis(40);
    world.set("/a.html", status(500));
    let report = world.crawl().await;
    let times: Vec<_> = world
        .log()
        .into_iter()
        .filter(|logged| logged.path == "/a.html")
        .map(|logged| logged.at)
        .collect();
    assert_eq!(times.len(), 3);
    assert!(times[1] - times[0] >= Duration::from_millis(40));
    assert!(times[2] - times[1] >= Duration::from_millis(80));
    assert_eq!(report.errors[0].error, FetchError::Status(500));
    assert_eq!(world.kept("/b.html").unwrap(), b"B");
}

#[tokio::test]
async fn a_host_that_does_not_answer_is_left_alone_after_a_few_addresses() {
    let links: String = (0..20)
        .map(|number| format!("<a href={number}.html>"))
        .collect();
    let mut world = World::new(&[("/start.html", page(&links))]).await;
    for number in 0..20 {
        world.set(&format!("/{number}.html"), Reply::Silence);
    }
    world.config.total_timeout = Duration::from_millis(40);
    world.config.max_tries = 1;
    let report = world.crawl().await;
    assert_eq!(report.stopped, Some(StopReason::NoAnswers));
    assert_eq!(world.asked().len(), 1 + 5);
}

#[tokio::test]
async fn the_limit_of_a_day_counts_over_all_runs() {
    let mut world = three_pages().await;
    world.config.daily_requests = 6;
    assert_eq!(world.crawl().await.stopped, None);
    world.now -= SignedDuration::from_hours(12);
    let report = world.crawl().await;
    assert_eq!(report.stopped, Some(StopReason::DailyBudget));
    assert_eq!(
        report.counts.requests, 2,
        "four were sent half a day before"
    );
    world.now += SignedDuration::from_hours(24);
    assert_eq!(world.crawl().await.stopped, None);
}
