//! Crawls a site of 5 000 pages on the loopback without pauses, with WARC files, catalog and links, and lets wget2
//! fetch the same pages in the same run: `cargo run --release -p laendersache-crawler --example crawl_speed`.

use std::{
    error::Error,
    fs,
    net::SocketAddr,
    process::{Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{Router, extract::Path, http::StatusCode, response::Html, routing::get};
use jiff::Timestamp;
use laendersache_archive::{Archive, Config as ArchiveConfig};
use laendersache_crawler::{Config, Crawler, Fetcher, InProcess};
use laendersache_model::{Site, SiteId, SiteRole};
use url::Url;

const LISTINGS: usize = 50;
const PAGES_PER_LISTING: usize = 100;
const PAGES: usize = 1 + LISTINGS + LISTINGS * PAGES_PER_LISTING;
const ROUNDS: usize = 3;
const HOST: &str = "speed.example";

fn main() -> Result<(), Box<dyn Error>> {
    let address = serve()?;
    println!("{PAGES} pages of about 6 kB on {address}");
    for round in 1..=ROUNDS {
        let ours = crawl(address)?;
        println!("round {round}: laendersache {ours:.0} pages/s on one connection");
        for threads in [1, 5] {
            match wget2(address, threads)? {
                Some(theirs) => println!(
                    "round {round}: wget2 {theirs:.0} pages/s with {threads} threads; ratio {:.2}",
                    ours / theirs
                ),
                None => println!(
                    "round {round}: wget2 is not installed (Debian: apt-get install wget2)"
                ),
            }
        }
    }
    let peak = status_bytes("VmHWM:").unwrap_or(0);
    println!("peak memory with the server: {} MB", peak >> 20);
    Ok(())
}

/// Serves the site from a thread of its own.
fn serve() -> Result<SocketAddr, Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))?;
    let address = listener.local_addr()?;
    let site = Router::new()
        .route("/", get(|| async { Html(listing("l", 0..LISTINGS)) }))
        .route("/robots.txt", get(|| async { StatusCode::NOT_FOUND }))
        .route(
            "/l/{number}",
            get(|Path(number): Path<usize>| async move {
                let first = number * PAGES_PER_LISTING;
                Html(listing("p", first..first + PAGES_PER_LISTING))
            }),
        )
        .route(
            "/p/{number}",
            get(|Path(number): Path<usize>| async move { Html(page(number)) }),
        );
    std::thread::spawn(move || runtime.block_on(async { axum::serve(listener, site).await }));
    Ok(address)
}

fn listing(kind: &str, numbers: std::ops::Range<usize>) -> String {
    let links: String = numbers
        .map(|number| format!("<li><a href='/{kind}/{number}'>Beschluss {number}</a>\n"))
        .collect();
    format!("<!doctype html><title>Liste</title><nav><a href='/'>Start</a></nav><ul>{links}</ul>")
}

fn page(number: usize) -> String {
    let paragraphs: String = (0..40)
        .map(|part| {
            format!(
                "<p>Die Konferenz nimmt zu {number}.{part} den Bericht zur Kenntnis und bittet die Länder, über die \
                 Umsetzung bis zur nächsten Sitzung zu berichten ({}).</p>\n",
                number * 7_919 + part * 104_729
            )
        })
        .collect();
    format!(
        "<!doctype html><meta charset=utf-8><title>Beschluss {number}</title>\
         <nav><a href='/'>Start</a><a href='/l/{}'>Liste</a></nav>{paragraphs}<footer>Impressum</footer>",
        number / PAGES_PER_LISTING
    )
}

/// Returns pages per second.
fn crawl(address: SocketAddr) -> Result<f64, Box<dyn Error>> {
    let dir = tempfile::tempdir()?;
    let config = ArchiveConfig {
        commit_every: 100,
        ..ArchiveConfig::default()
    };
    let archive = Archive::open_with(dir.path(), config)?;
    let config = Config {
        delay: Duration::ZERO,
        host_overrides: [(HOST.to_owned(), address)].into(),
        ..Config::new("https://example.org/bot")
    };
    let crawler = Crawler::new(Fetcher::new(config)?, Arc::new(InProcess));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let began = Instant::now();
    let report = runtime.block_on(crawler.crawl(&site()?, &archive, Timestamp::now()))?;
    let seconds = began.elapsed().as_secs_f64();
    assert_eq!(report.counts.new, PAGES as u64, "{:?}", report.counts);
    Ok(PAGES as f64 / seconds)
}

fn site() -> Result<Site, Box<dyn Error>> {
    Ok(Site {
        id: SiteId("speed".into()),
        role: SiteRole::Central,
        name: "Erfundene Konferenz".into(),
        hosts: vec![HOST.into()],
        seeds: vec![Url::parse(&format!("http://{HOST}/"))?],
        follow: vec![".".into()],
        document: vec![r"/p/\d+$".into()],
        max_depth: 5,
        max_pages: u32::MAX,
        enabled: true,
        remark: String::new(),
    })
}

/// Returns pages per second; `None` if it is not installed.
fn wget2(address: SocketAddr, threads: u32) -> Result<Option<f64>, Box<dyn Error>> {
    let dir = tempfile::tempdir()?;
    let began = Instant::now();
    let run = Command::new("wget2")
        .args(["--quiet", "--recursive", "--level=5", "--no-config"])
        .arg(format!("--max-threads={threads}"))
        .arg(format!("http://{address}/"))
        .current_dir(dir.path())
        .stdin(Stdio::null())
        .status();
    let seconds = began.elapsed().as_secs_f64();
    match run {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
        Ok(_) => {
            let fetched = files_below(dir.path())?;
            assert!(fetched >= PAGES, "wget2 fetched {fetched} pages");
            Ok(Some(fetched as f64 / seconds))
        }
    }
}

fn files_below(dir: &std::path::Path) -> std::io::Result<usize> {
    let mut files = 0;
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        files += if path.is_dir() {
            files_below(&path)?
        } else {
            1
        };
    }
    Ok(files)
}

/// Reads a number of bytes about this process from Linux.
fn status_bytes(field: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(field))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1_024)
}
