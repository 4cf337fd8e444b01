//! Answers that are not what they say, or not what was asked for.

use std::io::Write;

use flate2::{
    Compression,
    write::{DeflateEncoder, GzEncoder, ZlibEncoder},
};

use super::*;
use crate::FetchError;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn packing_that_was_not_asked_for_is_an_error_and_the_night_goes_on() {
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
    zlib.write_all(b"<html>A").unwrap();
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::best());
    deflate.write_all(b"<html>A").unwrap();
    let twice = gzip(&gzip(b"<html>A"));
    for (encoding, body) in [
        ("br", b"\x0b\x03\x80<html>A\x03".to_vec()),
        ("deflate", zlib.finish().unwrap()),
        ("deflate", deflate.finish().unwrap()),
        ("zstd", b"\x28\xb5\x2f\xfd".to_vec()),
        ("gzip, gzip", twice),
        ("gzip", b"<html>not packed".to_vec()),
    ] {
        let headers = vec![("content-encoding", encoding.to_owned())];
        let mut world = World::new(&[
            ("/start.html", page("<a href=a.html><a href=b.html>")),
            ("/a.html", Reply::Whole(200, headers, body)),
            ("/b.html", page("B")),
        ])
        .await;
        let report = world.crawl().await;
        let error = &report.errors[0].error;
        assert!(
            matches!(error, FetchError::Encoding(_)),
            "{encoding}: {error}"
        );
        assert_eq!(world.kept("/a.html"), None);
        assert_eq!(world.kept("/b.html").unwrap(), b"B");
        assert!(report.is_listing_incomplete, "nobody knows where it led");
    }
}

#[tokio::test]
async fn an_answer_is_taken_for_what_its_bytes_are() {
    let mut world = World::new(&[
        (
            "/start.html",
            typed(
                "application/pdf",
                b"<!doctype html><a href=a.html><a href=b.html><a href=c.pdf><a href=d.html>",
            ),
        ),
        ("/a.html", typed("text/plain", b"<html><a href=e.html>")),
        ("/b.html", typed("", b"<html><a href=f.html>")),
        (
            "/c.pdf",
            typed("text/html; charset=utf-8", b"%PDF-1.7\n<a href=nie.html>"),
        ),
        (
            "/d.html",
            typed("text/html; charset=utf-16", b"<html>K\xf6ln<a href=g.html>"),
        ),
        ("/e.html", page("E")),
        ("/f.html", page("F")),
    ])
    .await;
    let report = world.crawl().await;
    for path in [
        "/a.html", "/b.html", "/c.pdf", "/d.html", "/e.html", "/f.html",
    ] {
        assert!(world.kept(path).is_some(), "{path}");
    }
    assert!(!world.asked().contains(&"/nie.html".to_owned()));
    let types = |event: &&Event| matches!(event, Event::TypeChanged { .. });
    assert_eq!(report.events.iter().find(types), None);
}

#[tokio::test]
async fn packed_sitemaps_are_walked_through_however_they_are_sent() {
    let sitemap = gzip(b"<urlset><url><loc>http://www.intmk.example/1.pdf</loc></url></urlset>");
    let index = b"<sitemapindex><sitemap><loc>/a.xml.gz</loc></sitemap><sitemap><loc>/b.xml.gz</loc></sitemap>\
                  <sitemap><loc>/c.xml.gz</loc></sitemap></sitemapindex>";
    let encoded = vec![
        ("content-encoding", "gzip".to_owned()),
        ("content-type", "application/xml".to_owned()),
    ];
    let mut world = World::new(&[
        ("/start.html", page("S")),
        (
            "/robots.txt",
            typed("text/plain", b"Sitemap: /index.xml.gz"),
        ),
        ("/index.xml.gz", typed("application/x-gzip", &gzip(index))),
        ("/a.xml.gz", typed("application/octet-stream", &sitemap)),
        (
            "/b.xml.gz",
            Reply::Whole(
                200,
                encoded,
                gzip(b"<urlset><url><loc>/2.pdf</loc></url></urlset>"),
            ),
        ),
        ("/c.xml.gz", typed("text/xml", b"no sitemap at all")),
        ("/1.pdf", pdf("eins")),
        ("/2.pdf", pdf("zwei")),
    ])
    .await;
    let report = world.crawl().await;
    assert!(world.kept("/1.pdf").is_some() && world.kept("/2.pdf").is_some());
    assert_eq!(world.kept("/a.xml.gz").unwrap(), sitemap, "kept as it came");
    assert_eq!(report.counts.errors, 0, "{:?}", report.errors);
}

#[tokio::test]
async fn robots_txt_is_kept_and_its_changes_are_told() {
    let robots = |text: &str| {
        Reply::Whole(
            200,
            vec![("etag", format!("\"{}\"", text.len()))],
            text.into(),
        )
    };
    let mut world = listing(2).await;
    world.set("/robots.txt", robots("User-agent: *\nDisallow: /2"));
    world.crawl().await;
    assert_eq!(
        world.kept("/robots.txt").unwrap(),
        b"User-agent: *\nDisallow: /2"
    );
    let report = world.crawl().await;
    assert_eq!(
        report.counts.refused_by_robots, 1,
        "an unmodified one is still obeyed"
    );
    let status = world
        .archive
        .latest(&url("/robots.txt"))
        .unwrap()
        .unwrap()
        .status;
    assert_eq!(status, 304);
    world.set("/robots.txt", robots("User-agent: *\nDisallow:"));
    let report = world.crawl().await;
    let told = |event: &&Event| matches!(event, Event::RobotsChanged { .. });
    assert!(
        report.events.iter().find(told).is_some(),
        "{:?}",
        report.events
    );
    assert!(world.kept("/2.pdf").is_some());
    world.remove("/robots.txt");
    world.crawl().await;
    let status = world
        .archive
        .latest(&url("/robots.txt"))
        .unwrap()
        .unwrap()
        .status;
    assert_eq!(status, 404, "that there is none is kept as well");
}
