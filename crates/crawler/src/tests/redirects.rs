//! Redirects are walked by hand, and each step is checked like the first.

use super::*;
use crate::{FetchError, Refusal, address::PublicResolver};

/// Every way into somebody's network that a redirect could take.
const INWARD: [&str; 14] = [
    "http://127.0.0.1/x.pdf",
    "https://127.0.0.1:443/x.pdf",
    "//127.1/x.pdf",
    "http:\\\\127.0.0.1\\x.pdf",
    "http://www.intmk.example@127.0.0.1/x.pdf",
    "http://www.intmk.example:80@169.254.169.254/x.pdf",
    "http://%31%32%37.0.0.1/x.pdf",
    "http://0/x.pdf",
    "http://[::]/x.pdf",
    "http://[64:ff9b::7f00:1]/x.pdf",
    "http://[fe80::1]/x.pdf",
    "http://100.64.0.1/x.pdf",
    "http://017700000001/x.pdf",
    "http://①②⑦.0.0.1/x.pdf",
];

#[tokio::test]
async fn the_last_step_of_a_chain_is_checked_like_the_first() {
    for target in INWARD {
        let mut world = World::new(&[
            ("/start.html", page("<a href=a.pdf><a href=b.html>")),
            ("/a.pdf", redirect("/eins.pdf")),
            ("/eins.pdf", redirect("http://intmk.example/zwei.pdf")),
            ("/b.html", page("B")),
        ])
        .await;
        // A header carries ASCII only, so servers send such names escaped.
        let target = target.replace("①②⑦", "%E2%91%A0%E2%91%A1%E2%91%A6");
        world.set("/zwei.pdf", redirect(target.clone()));
        let report = world.crawl().await;
        let errors: Vec<_> = report.errors.iter().map(|error| &error.error).collect();
        assert!(
            matches!(
                errors[..],
                [FetchError::Refused(Refusal::LiteralAddress(_))]
            ),
            "{target}: {errors:?}"
        );
        let asked = ["/start.html", "/a.pdf", "/eins.pdf", "/zwei.pdf", "/b.html"];
        assert_eq!(world.asked(), asked, "{target}");
        assert_eq!(report.alarms().len(), 1, "{target}: {:?}", report.alarms());
    }
}

#[tokio::test]
async fn robots_txt_sitemaps_and_refreshes_lead_into_no_network_either() {
    for target in INWARD.iter().filter(|target| target.is_ascii()) {
        let robots = format!("Sitemap: {target}\nSitemap: /karte.xml");
        let refresh = format!(
            "<meta http-equiv=refresh content='0; url={target}'><base href='{target}'><a href=y.pdf>"
        );
        let mut world = World::new(&[
            ("/start.html", page(&refresh)),
            ("/robots.txt", redirect("/regeln.txt")),
            ("/regeln.txt", typed("text/plain", robots.as_bytes())),
            ("/karte.xml", redirect(*target)),
        ])
        .await;
        let report = world.crawl().await;
        assert_eq!(world.asked(), ["/regeln.txt", "/start.html", "/karte.xml"]);
        assert_eq!(report.errors.len(), 1, "{target}: {:?}", report.errors);
    }
}

#[tokio::test]
async fn a_redirect_without_a_target_is_an_error_of_that_address() {
    for location in ["http://", "http://[", "https://a b/"] {
        let mut world = World::new(&[
            ("/start.html", page("<a href=a.pdf><a href=b.html>")),
            ("/a.pdf", redirect(location)),
            ("/b.html", page("B")),
        ])
        .await;
        let report = world.crawl().await;
        let error = FetchError::BadRedirect(location.into());
        assert_eq!(report.errors[0].error, error);
        assert_eq!(world.kept("/b.html").unwrap(), b"B");
    }
}

#[tokio::test]
async fn a_name_that_points_inward_is_never_connected_to() {
    let mut world = World::new(&[("/start.html", page("S"))]).await;
    world.config.max_tries = 3;
    let resolver = PublicResolver::asking(|_| {
        let inward = [
            "127.0.0.1:0",
            "[::1]:0",
            "10.0.0.1:0",
            "[::ffff:127.0.0.1]:0",
        ];
        let addresses = inward.map(|text| text.parse().unwrap()).to_vec();
        Box::pin(std::future::ready(Ok(addresses)))
    });
    let fetcher = Fetcher::with_resolver(world.config.clone(), resolver).unwrap();
    let report = world
        .crawl_with(&Crawler::new(fetcher, Arc::new(InProcess)))
        .await;
    assert!(world.log().is_empty());
    assert_eq!(report.stopped, Some(StopReason::RobotsUnreachable));
}
