//! Which addresses are asked for, and what is kept of them.

use std::sync::{Arc, Mutex};

use super::*;
use crate::{FetchError, FoundLinks, LinkFinder, LinkFinderError, PageBytes};

fn small_site() -> Vec<(&'static str, Reply)> {
    vec![
        (
            "/start.html",
            page(
                "<a href=liste.html>Liste</a><a href=bild.jpg>Bild</a><a href='http://other.example/'>fort</a>",
            ),
        ),
        (
            "/liste.html",
            page(
                "<a href=13.pdf>13</a><a href='14.pdf#page=3'>14</a><a href=start.html>zurück</a>",
            ),
        ),
        ("/13.pdf", pdf("Ergebnisprotokoll")),
        ("/14.pdf", pdf("Beschlussniederschrift")),
    ]
}

#[tokio::test]
async fn a_site_is_walked_from_its_seeds_and_kept() {
    let mut world = World::new(&small_site()).await;
    let report = world.crawl().await;
    assert_eq!(
        world.asked(),
        ["/start.html", "/liste.html", "/13.pdf", "/14.pdf"]
    );
    assert_eq!(
        world.kept("/13.pdf").unwrap(),
        b"%PDF-1.7\nErgebnisprotokoll"
    );
    let counts = report.counts;
    assert_eq!(
        (counts.addresses, counts.new, counts.documents_seen),
        (4, 4, 2)
    );
    assert_eq!(
        (counts.requests, counts.off_site_links, counts.errors),
        (5, 1, 0)
    );
    assert_eq!(counts.received_bytes, counts.payload_bytes);
    assert_eq!(report.stopped, None);
    assert!(report.alarms().is_empty());
    assert_eq!(world.archive.runs(&world.site.id, 9).unwrap().len(), 1);
    assert!(world.archive.verify().unwrap().is_sound());
}

#[tokio::test]
async fn the_second_night_brings_only_what_is_new() {
    let mut world = World::new(&small_site()).await;
    world.crawl().await;
    let payloads = world.archive.counts().unwrap().payloads;
    world.set("/15.pdf", pdf("Umlaufbeschluss"));
    world.set("/14.pdf", pdf("Endgültige Fassung"));
    let before = world.kept("/liste.html").unwrap();
    world.set(
        "/liste.html",
        page(&format!(
            "{}<a href=15.pdf>15</a>",
            String::from_utf8(before).unwrap()
        )),
    );
    let counts = world.crawl().await.counts;
    assert_eq!(
        (
            counts.new,
            counts.changed,
            counts.unchanged,
            counts.not_modified
        ),
        (1, 2, 1, 1)
    );
    assert_eq!(counts.revisits, 2);
    assert_eq!(world.archive.counts().unwrap().payloads, payloads + 3);
}

#[tokio::test]
async fn a_second_night_without_changes_transfers_nothing_that_has_an_etag() {
    let mut replies = small_site();
    for (_, reply) in &mut replies {
        if let Reply::Whole(_, headers, _) = reply
            && !headers.iter().any(|(name, _)| *name == "etag")
        {
            headers.push(("etag", "\"1\"".into()));
        }
    }
    let mut world = World::new(&replies).await;
    world.set(
        "/robots.txt",
        Reply::Whole(
            200,
            vec![("etag", "\"1\"".into())],
            b"User-agent: *\nAllow: /".to_vec(),
        ),
    );
    world.crawl().await;
    let before = world.archive.counts().unwrap();
    let counts = world.crawl().await.counts;
    assert_eq!(
        world.asked().len(),
        4,
        "links of unmodified pages are followed"
    );
    assert_eq!(
        (counts.not_modified, counts.revisits, counts.received_bytes),
        (4, 4, 0)
    );
    assert_eq!(world.archive.counts().unwrap().payloads, before.payloads);
    assert_eq!(
        world.archive.counts().unwrap().captures,
        before.captures + 4 + 1
    );
}

#[tokio::test]
async fn sitemaps_are_walked_through_and_cannot_lead_away() {
    let xml = |text: &str| {
        Reply::Whole(
            200,
            vec![("content-type", "application/xml".into())],
            text.into(),
        )
    };
    let mut world = World::new(&[
        ("/start.html", page("S")),
        ("/robots.txt", Reply::Whole(200, Vec::new(), b"Sitemap: /index.xml\nSitemap: http://127.0.0.1/x.xml".to_vec())),
        ("/index.xml", xml("<?xml version='1.0'?><sitemapindex><sitemap><loc>http://intmk.example/2026.xml</loc></sitemap>")),
        ("/2026.xml", xml("<?xml version='1.0'?><urlset><url><loc>http://intmk.example/1.pdf</loc></url>\
                           <url><loc>http://intmk.example/bild.jpg</loc></url><url><loc>http://[::1]/2.pdf</loc></url></urlset>")),
        ("/1.pdf", pdf("Protokoll")),
    ])
    .await;
    let report = world.crawl().await;
    assert_eq!(
        world.asked(),
        ["/start.html", "/index.xml", "/2026.xml", "/1.pdf"]
    );
    assert_eq!(
        (
            report.counts.documents_seen,
            report.counts.off_site_links,
            report.counts.errors
        ),
        (1, 1, 0)
    );
}

#[tokio::test]
async fn every_spelling_of_an_address_is_asked_for_once() {
    let links = "<a href='/b.html;jsessionid=1A'><a href='/b.html?nn=5'><a href='http://intmk.example/b.html'>\
                 <a href='http://INTMK.example./b.html#x'><a href='/x/../b.html'>";
    let mut world = World::new(&[
        ("/start.html", page(links)),
        ("/b.html;jsessionid=1A", page("B")),
    ])
    .await;
    let report = world.crawl().await;
    assert_eq!(
        world.asked(),
        ["/start.html", "/b.html;jsessionid=1A"],
        "as it was linked first"
    );
    assert_eq!(world.kept("/b.html").unwrap(), b"B");
    let capture = world.archive.latest(&url("/b.html")).unwrap().unwrap();
    assert_eq!(
        capture.url_raw,
        "http://www.intmk.example/b.html;jsessionid=1A"
    );
    assert_eq!(report.counts.errors, 0);
}

#[tokio::test]
async fn both_names_of_a_host_are_one_site() {
    let mut world = World::new(&[
        (
            "/start.html",
            page("<a href='http://intmk.example/b.html'>"),
        ),
        (
            "/b.html",
            Reply::Then(
                Box::new(redirect("http://www.intmk.example/b.html")),
                Box::new(page("B")),
            ),
        ),
    ])
    .await;
    let report = world.crawl().await;
    let hosts: Vec<_> = world.log().into_iter().map(|logged| logged.host).collect();
    assert_eq!(
        hosts,
        [
            "www.intmk.example",
            "www.intmk.example",
            "intmk.example",
            "intmk.example",
            "www.intmk.example"
        ]
    );
    assert_eq!(world.kept("/b.html").unwrap(), b"B");
    assert!(
        !report
            .events
            .iter()
            .any(|event| matches!(event, Event::Moved { .. })),
        "{:?}",
        report.events
    );
}

#[tokio::test]
async fn pages_beyond_the_depth_are_not_asked_for() {
    let mut world = World::new(&[
        ("/start.html", page("<a href=1.html>")),
        ("/1.html", page("<a href=2.html>")),
        ("/2.html", page("2")),
    ])
    .await;
    world.site.max_depth = 1;
    world.crawl().await;
    assert_eq!(world.asked(), ["/start.html", "/1.html"]);
}

#[tokio::test]
async fn a_run_ends_at_its_limit_of_addresses_and_says_so() {
    let links: String = (0..20)
        .map(|number| format!("<a href={number}.html>"))
        .collect();
    let mut world = World::new(&[("/start.html", page(&links))]).await;
    world.site.max_pages = 5;
    let report = world.crawl().await;
    assert_eq!(world.asked().len(), 5);
    assert_eq!(report.stopped, Some(StopReason::PageBudget));
}

#[tokio::test]
async fn links_of_old_pages_are_read_in_their_encoding() {
    let html = b"<meta charset=windows-1252><a href='Beschl\xfcsse.html'>".to_vec();
    let headers = vec![("content-type", "text/html".to_owned())];
    let mut world = World::new(&[
        ("/start.html", Reply::Whole(200, headers, html)),
        ("/Beschl%C3%BCsse.html", page("B")),
    ])
    .await;
    world.crawl().await;
    assert_eq!(world.kept("/Beschl%C3%BCsse.html").unwrap(), b"B");
}

#[tokio::test]
async fn an_address_that_leads_on_is_kept_together_with_what_it_leads_to() {
    let mut world = World::new(&[
        ("/start.html", page("<a href=alt.pdf>")),
        ("/alt.pdf", redirect("/neu/13.pdf")),
        ("/neu/13.pdf", pdf("Protokoll")),
    ])
    .await;
    let report = world.crawl().await;
    assert_eq!(world.kept("/neu/13.pdf").unwrap(), b"%PDF-1.7\nProtokoll");
    let moved = world.archive.latest(&url("/alt.pdf")).unwrap().unwrap();
    assert_eq!(moved.status, 302);
    assert_eq!((report.counts.redirects, report.counts.new), (1, 2));
}

#[tokio::test]
async fn one_broken_address_does_not_stop_the_others() {
    let mut world = World::new(&[
        (
            "/start.html",
            page("<a href=a.html><a href=b.html><a href=c.html>"),
        ),
        ("/a.html", status(403)),
        ("/c.html", page("C")),
    ])
    .await;
    let report = world.crawl().await;
    assert_eq!(world.kept("/c.html").unwrap(), b"C");
    let errors: Vec<_> = report
        .errors
        .iter()
        .map(|error| (error.url.path(), error.error.clone()))
        .collect();
    assert_eq!(
        errors,
        [
            ("/a.html", FetchError::Status(403)),
            ("/b.html", FetchError::NothingThere(404))
        ]
    );
    assert_eq!(report.errors[0].linked_from, Some(url("/start.html")));
    assert_eq!(report.stopped, None);
    assert_eq!(world.kept("/b.html"), None);
    assert_eq!(
        world
            .archive
            .latest(&url("/b.html"))
            .unwrap()
            .unwrap()
            .status,
        404,
        "kept as evidence"
    );
}

#[tokio::test]
async fn a_page_whose_links_cannot_be_read_is_kept_all_the_same() {
    struct Broken;
    impl LinkFinder for Broken {
        fn find_links(&self, page: &PageBytes<'_>) -> Result<FoundLinks, LinkFinderError> {
            Err(LinkFinderError {
                url: page.base.to_string(),
                reason: "child ended".into(),
            })
        }
    }
    let mut world = World::new(&small_site()).await;
    let fetcher = Fetcher::new(world.config.clone()).unwrap();
    let report = world
        .crawl_with(&Crawler::new(fetcher, Arc::new(Broken)))
        .await;
    assert_eq!(
        report.errors[0].error,
        FetchError::Unreadable("child ended".into())
    );
    assert!(world.kept("/start.html").is_some());
}

#[tokio::test]
async fn a_site_that_is_switched_off_is_left_alone() {
    let mut world = World::new(&small_site()).await;
    world.site.enabled = false;
    let report = world.crawl().await;
    assert_eq!(report.stopped, Some(StopReason::Disabled));
    assert!(world.log().is_empty());
}

#[tokio::test]
async fn whoever_waits_is_told_how_far_it_is() {
    #[derive(Default)]
    struct Told(Mutex<Vec<(u64, usize)>>);
    impl Progress for Told {
        fn address_done(&self, _site: &SiteId, counts: &Counts, waiting: usize) {
            self.0.lock().unwrap().push((counts.addresses, waiting));
        }
    }
    let mut world = World::new(&small_site()).await;
    let told = Arc::new(Told::default());
    let fetcher = Fetcher::new(world.config.clone()).unwrap();
    let progress: Arc<dyn Progress> = told.clone();
    let crawler = Crawler::new(fetcher, Arc::new(InProcess)).with_progress(progress);
    world.crawl_with(&crawler).await;
    assert_eq!(*told.0.lock().unwrap(), [(1, 1), (2, 2), (3, 1), (4, 0)]);
}

#[tokio::test]
async fn addresses_with_https_reach_an_overridden_host_and_stay_https() {
    let mut world = World::new(&[("/start.html", page("S"))]).await;
    world.site.seeds = vec![Url::parse("https://intmk.example/start.html").unwrap()];
    world.crawl().await;
    let kept = Url::parse("https://www.intmk.example/start.html").unwrap();
    let capture = world.archive.latest(&kept).unwrap().unwrap();
    assert_eq!(capture.url_raw, "https://intmk.example/start.html");
}
