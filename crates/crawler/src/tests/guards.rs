//! The crawler cannot be turned against its own network, nor be exhausted.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};

use super::*;
use crate::{FetchError, Refusal};

/// Crawls a site whose only document answers so, and returns the error.
async fn error_of(reply: Reply, change: impl FnOnce(&mut Config)) -> (FetchError, World) {
    let mut world = World::new(&[
        ("/start.html", page("<a href=a.pdf><a href=b.html>")),
        ("/a.pdf", reply),
        ("/b.html", page("B")),
    ])
    .await;
    change(&mut world.config);
    let report = world.crawl().await;
    assert_eq!(world.kept("/b.html").unwrap(), b"B", "the run goes on");
    assert_eq!(report.errors.len(), 1, "{:?}", report.errors);
    assert_eq!(world.kept("/a.pdf"), None);
    (report.errors[0].error.clone(), world)
}

#[tokio::test]
async fn redirects_into_the_own_network_are_refused() {
    let port = World::new(&[]).await.address.port();
    for target in [
        "http://127.0.0.1/geheim.pdf".to_owned(),
        format!("http://127.0.0.1:{port}/geheim.pdf"),
        "http://[::ffff:7f00:1]/geheim.pdf".to_owned(),
        "http://[::1]/geheim.pdf".to_owned(),
        "http://2130706433/geheim.pdf".to_owned(),
        "http://0x7f.1/geheim.pdf".to_owned(),
        "//169.254.169.254/latest/meta-data".to_owned(),
    ] {
        let (error, world) = error_of(redirect(target.clone()), |_| {}).await;
        assert!(
            matches!(error, FetchError::Refused(Refusal::LiteralAddress(_))),
            "{target}: {error}"
        );
        assert_eq!(
            world.asked(),
            ["/start.html", "/a.pdf", "/b.html"],
            "{target}"
        );
    }
}

#[tokio::test]
async fn redirects_to_other_schemes_ports_and_hosts_are_refused() {
    for (target, refusal) in [
        ("file:///etc/passwd", Refusal::Scheme("file".into())),
        (
            "gopher://www.intmk.example/",
            Refusal::Scheme("gopher".into()),
        ),
        ("http://www.intmk.example:22/x.pdf", Refusal::Port(22)),
        (
            "http://localhost/x.pdf",
            Refusal::ForeignHost("localhost".into()),
        ),
        (
            "http://evil.example/x.pdf",
            Refusal::ForeignHost("evil.example".into()),
        ),
    ] {
        let (error, _) = error_of(redirect(target), |_| {}).await;
        assert_eq!(error, FetchError::Refused(refusal), "{target}");
    }
}

#[tokio::test]
async fn a_redirect_that_leaves_the_site_is_told_to_people() {
    let mut world = World::new(&[("/start.html", redirect("https://neu.example/"))]).await;
    let report = world.crawl().await;
    let event = Event::LeftSite {
        url: url("/start.html"),
        to: "https://neu.example/".into(),
    };
    assert!(has(&report, &event), "{:?}", report.events);
    assert_eq!(report.alarms().len(), 2);
}

#[tokio::test]
async fn at_most_five_redirects_are_followed() {
    let mut world = World::new(&[("/start.html", page("<a href=0.html>"))]).await;
    for number in 0..9 {
        world.set(
            &format!("/{number}.html"),
            redirect(format!("/{}.html", number + 1)),
        );
    }
    let report = world.crawl().await;
    assert_eq!(world.asked().len(), 1 + 6);
    assert_eq!(report.errors[0].error, FetchError::TooManyRedirects(5));
}

#[tokio::test]
async fn a_redirect_in_a_circle_ends() {
    let mut world = World::new(&[
        ("/start.html", page("<a href=a.html><a href=c.html>")),
        ("/a.html", redirect("/b.html")),
        ("/b.html", redirect("/a.html")),
        ("/c.html", redirect("http://intmk.example/c.html")),
    ])
    .await;
    let report = world.crawl().await;
    assert_eq!(world.asked().len(), 1 + 2 + 6);
    assert_eq!(report.errors.len(), 1);
}

#[tokio::test]
async fn a_name_that_points_into_the_own_network_is_refused() {
    let mut world = World::new(&[("/start.html", page("S"))]).await;
    world.site.hosts = vec!["localhost".into()];
    world.site.seeds = vec![Url::parse("http://localhost/start.html").unwrap()];
    world.config.host_overrides.clear();
    let report = world.crawl().await;
    assert!(world.log().is_empty());
    assert_eq!(report.counts.new, 0);
    let report = {
        // Without `robots.txt` in between the reason is told.
        let fetcher = Fetcher::new(world.config.clone()).unwrap();
        let requests = std::sync::atomic::AtomicU64::new(0);
        let query = crate::fetcher::Query {
            url: &world.site.seeds[0],
            crawl_delay: Duration::ZERO,
            etag: None,
            last_modified: None,
            requests: &requests,
        };
        fetcher.fetch(&query).await.unwrap_err().to_string()
    };
    assert!(
        report.contains("host `localhost` has no public address"),
        "{report}"
    );
}

#[tokio::test]
async fn a_bomb_is_refused() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![b' '; 30 << 20]).unwrap();
    let headers = vec![("content-encoding", "gzip".to_owned())];
    let bomb = Reply::Whole(200, headers, encoder.finish().unwrap());
    let (error, _) = error_of(bomb, |_| {}).await;
    assert!(
        matches!(error, FetchError::Bomb(200) | FetchError::TooLarge(_)),
        "{error}"
    );
}

#[tokio::test]
async fn a_packed_page_is_kept_unpacked() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(b"<html><a href=b.html>").unwrap();
    let headers = vec![
        ("content-encoding", "gzip".to_owned()),
        ("content-type", "text/html".to_owned()),
    ];
    let packed = Reply::Whole(200, headers, encoder.finish().unwrap());
    let mut world = World::new(&[("/start.html", packed), ("/b.html", page("B"))]).await;
    let report = world.crawl().await;
    assert_eq!(world.kept("/start.html").unwrap(), b"<html><a href=b.html>");
    assert_eq!(world.kept("/b.html").unwrap(), b"B");
    assert_ne!(report.counts.received_bytes, report.counts.payload_bytes);
}

#[tokio::test]
async fn an_endless_body_is_cut_off() {
    let endless = Reply::Endless(vec![b'a'; 64 << 10], Duration::ZERO);
    let (error, _) = error_of(endless, |_| {}).await;
    assert_eq!(error, FetchError::TooLarge(3 << 20));
}

#[tokio::test]
async fn a_body_that_drips_is_cut_off() {
    let drip = Reply::Endless(b"a".to_vec(), Duration::from_millis(10));
    let (error, _) = error_of(drip, |config| {
        config.rate_grace = Duration::from_millis(150)
    })
    .await;
    assert_eq!(error, FetchError::TooSlow(1_024));
}

#[tokio::test]
async fn an_answer_that_never_ends_is_cut_off_by_time() {
    let steady = Reply::Endless(vec![b'a'; 100], Duration::from_millis(5));
    let (error, _) = error_of(steady, |config| {
        config.total_timeout = Duration::from_millis(1_000);
        config.max_tries = 1;
    })
    .await;
    assert_eq!(error, FetchError::Timeout(1));
}

#[tokio::test]
async fn an_answer_that_never_begins_is_given_up() {
    let (error, _) = error_of(Reply::Silence, |config| {
        config.total_timeout = Duration::from_millis(1_000);
        config.max_tries = 1;
    })
    .await;
    assert_eq!(error, FetchError::Timeout(1));
}
