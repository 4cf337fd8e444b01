//! Links as sites write them, and as attackers do.

use super::*;

fn find(content_type: Option<&str>, bytes: &[u8]) -> FoundLinks {
    let base = Url::parse("https://www.intmk.example/de/seite.html?a=1").unwrap();
    links(&PageBytes {
        base: &base,
        content_type,
        bytes,
    })
}

fn check(html: &str, expected: &[&str]) {
    let found = find(Some("text/html; charset=utf-8"), html.as_bytes());
    let found: Vec<&str> = found.links.iter().map(Url::as_str).collect();
    assert_eq!(found, expected, "{html}");
}

#[test]
fn links_are_resolved_against_the_page_or_its_base() {
    check("<a href='b.pdf'>", &["https://www.intmk.example/de/b.pdf"]);
    check(
        "<a href='/b.pdf#page=3'>",
        &["https://www.intmk.example/b.pdf"],
    );
    check(
        "<a href='?newsID=3'>",
        &["https://www.intmk.example/de/seite.html?newsID=3"],
    );
    check(
        "<a href=' //other.example/x '>",
        &["https://other.example/x"],
    );
    check(
        "<base href='/x/'><a href='b'>",
        &["https://www.intmk.example/x/b"],
    );
    check(
        "<base href='data:x'><a href='b'>",
        &["https://www.intmk.example/de/b"],
    );
}

#[test]
fn every_element_that_leads_on_is_read() {
    check(
        "<area href=1><iframe src=2></iframe><object data=3></object><embed src=4>\
         <link rel='next' href=5><link rel='stylesheet' href=css>\
         <meta http-equiv=Refresh content='0; URL=\"6\"'><img src=7>",
        &["1", "2", "3", "4", "5", "6"]
            .map(|name| format!("https://www.intmk.example/de/{name}"))
            .each_ref()
            .map(String::as_str),
    );
}

#[test]
fn the_addresses_of_a_sitemap_are_read() {
    check(
        "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaa'>]><urlset xmlns='x'><url><loc>\n https://www.intmk.example/a?b=1&amp;c=2 \n</loc>\
         <lastmod>2026-11-01</lastmod><image:loc>https://www.intmk.example/bild.jpg</image:loc></url>\
         <url><loc>/b.pdf</loc></url><url><loc>&a;",
        &[
            "https://www.intmk.example/a?b=1&c=2",
            "https://www.intmk.example/b.pdf",
        ],
    );
}

#[test]
fn what_is_no_web_address_is_no_link() {
    check(
        "<a href='mailto:a@b.example'><a href='javascript:x()'><a href='file:///etc/passwd'><a href='http://['><a>",
        &[],
    );
}

#[test]
fn each_link_is_found_once_in_its_order() {
    check(
        "<a href=b><a href=a><a href='b#x'>",
        &[
            "https://www.intmk.example/de/b",
            "https://www.intmk.example/de/a",
        ],
    );
}

#[test]
fn the_query_is_escaped_in_the_encoding_of_the_page_and_the_path_in_utf_8() {
    let html = b"<meta charset=windows-1252><a href='/Beschl\xfcsse.html?ort=K\xf6ln'>";
    let expected = "https://www.intmk.example/Beschl%C3%BCsse.html?ort=K%F6ln";
    for content_type in [
        None,
        Some("text/html"),
        Some("text/html; charset=ISO-8859-1"),
    ] {
        assert_eq!(
            find(content_type, html).links[0].as_str(),
            expected,
            "{content_type:?}"
        );
    }
    let undeclared = b"<a href='/Beschl\xfcsse.html?ort=K\xf6ln'>";
    assert_eq!(find(None, undeclared).links[0].as_str(), expected);
}

#[test]
fn title_and_beginning_are_read_without_scripts() {
    let found = find(
        None,
        b"<title> Nicht\n gefunden </title><body><script>x()</script>Die Seite <b>fehlt</b>",
    );
    assert_eq!(found.title, "Nicht gefunden");
    assert_eq!(found.beginning, "Die Seite fehlt");
}

#[test]
fn hostile_pages_end() {
    let nested = "<div>".repeat(200_000) + "<a href=deep>";
    assert_eq!(find(None, nested.as_bytes()).links.len(), 1);
    let many: String = (0..60_000)
        .map(|number| format!("<a href={number}>"))
        .collect();
    assert_eq!(find(None, many.as_bytes()).links.len(), MAX_LINKS);
    let unclosed = "<a <a <title><script><!-- <a href=1>".repeat(10_000);
    assert!(find(None, unclosed.as_bytes()).links.is_empty());
    for bytes in [&b""[..], b"\0\0\0", b"\xff\xfe\0", b"%PDF-1.4 \xde\xad"] {
        assert!(find(None, bytes).links.is_empty());
    }
}

#[test]
fn a_packed_sitemap_is_unpacked_and_a_bomb_is_not() {
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    let packed = |bytes: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    let sitemap = packed(b"<urlset><url><loc>/a.pdf</loc></url><url><loc>/b.pdf</loc></url>");
    let found = find(Some("application/gzip"), &sitemap);
    assert_eq!(found.links.len(), 2);
    let torn = find(None, &sitemap[..sitemap.len() - 12]);
    assert!(torn.links.len() <= 2, "what can be read of it");
    let mut bomb = vec![b' '; MAX_UNPACKED_BYTES as usize];
    bomb.extend_from_slice(b"<loc>/late.pdf</loc>");
    assert!(find(None, &packed(&bomb)).links.is_empty());
}

#[test]
fn links_are_read_in_every_encoding_that_pages_come_in() {
    let utf_16: Vec<u8> = "\u{feff}<a href='/K\u{f6}ln'>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for (content_type, bytes) in [
        (Some("text/html; charset=utf-8"), utf_16),
        (
            Some("text/html;charset=\"utf8\""),
            "<a href='/Köln'>".into(),
        ),
        (
            Some("text/html; charset=unknown-8bit"),
            b"<a href='/K\xf6ln'>".to_vec(),
        ),
        (
            Some("text/html; charset=ISO-8859-1; charset=utf-8"),
            b"<a href='/K\xf6ln'>".to_vec(),
        ),
        (
            Some("text/html; charset="),
            b"<meta charset=latin1><a href='/K\xf6ln'>".to_vec(),
        ),
        (
            None,
            b"<?xml version='1.0' encoding='iso-8859-1'?><a href='/K\xf6ln'>".to_vec(),
        ),
        (
            Some("text/html"),
            b"<meta charset=x-user-undefined><a href='/K\xf6ln'>".to_vec(),
        ),
    ] {
        let found = find(content_type, &bytes);
        let links: Vec<_> = found.links.iter().map(Url::as_str).collect();
        assert_eq!(
            links,
            ["https://www.intmk.example/K%C3%B6ln"],
            "{content_type:?}"
        );
    }
}
