//! Prints what is read from a file, page by page and block by block: `pdf_text FILE`.
//!
//! With `--plain` only the text, a form feed after each page, as other tools print it.

use std::{env, error::Error, fs};

use jiff::Timestamp;
use laendersache_extractor::document;
use laendersache_model::{Capture, Digest, SiteId};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let plain = arguments.iter().any(|argument| argument == "--plain");
    let files = arguments.iter().filter(|argument| *argument != "--plain");
    for file in files {
        let bytes = fs::read(file)?;
        let capture = Capture {
            site: SiteId("local".to_owned()),
            url: "file:///local".parse()?,
            url_raw: file.clone(),
            fetched_at: Timestamp::UNIX_EPOCH,
            status: 200,
            content_type: file.ends_with(".html").then(|| "text/html".to_owned()),
            etag: None,
            last_modified: None,
            digest: Digest::from_bytes([0; 32]),
            size_bytes: bytes.len() as u64,
            revisit: false,
        };
        match document(&capture, &bytes) {
            Ok(document) if plain => print_plain(&document),
            Ok(document) => print_blocks(&document),
            Err(error) => println!("{file}: {error}"),
        }
    }
    Ok(())
}

fn print_plain(document: &laendersache_model::Document) {
    for page in &document.pages {
        for block in &page.blocks {
            println!("{}", block.text);
        }
        println!("\u{c}");
    }
}

fn print_blocks(document: &laendersache_model::Document) {
    println!(
        "title {:?}, quality {:.2}",
        document.title, document.quality
    );
    for warning in &document.warnings {
        println!(
            "warning {}: {} (page {:?})",
            warning.code, warning.message, warning.page
        );
    }
    for page in &document.pages {
        for block in &page.blocks {
            let (style, kind) = (block.style, format!("{:?}", block.kind));
            let bold = if style.bold { "b" } else { " " };
            let goes_on = if block.continues { "…" } else { "" };
            println!(
                "{:3} {kind:9} {:4.1}{bold} {:5.1} | {goes_on}{}",
                page.number, style.size, style.left, block.text
            );
        }
    }
}
