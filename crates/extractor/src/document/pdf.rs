//! PDF files: letters → words → rows → lines → blocks, page by page.
//!
//! The interpreter of the content streams is hayro's; where letters stand on a page, and what that makes of
//! them, is ours. A page that cannot be read becomes a warning, never the end of the document.

mod blocks;
mod columns;
mod contents;
mod continuation;
mod facts;
mod furniture;
mod glyphs;
mod labels;
mod lines;
mod paragraphs;
mod rows;
mod unicode;
mod weight;
mod words;

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt};
use hayro_interpret::{interpret_page, kurbo::Rect};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use laendersache_model::{Block, DocumentKind, Page, Warning};
use url::Url;

use self::blocks::Blocks;
use self::glyphs::Collector;
use self::lines::{Line, Setting};
use self::rows::Row;
use self::unicode::Codes;
use self::weight::Strokes;
use super::{Read, text, vocabulary::Vocabulary};
use crate::Error;

/// A protocol has dozens of pages; a longer file is something else.
const PAGE_LIMIT: usize = 3000;
/// All pages together have at most so many letters.
const GLYPH_LIMIT: usize = 10_000_000;

/// Reads a PDF file.
pub(super) fn read(url: &Url, bytes: &[u8]) -> Result<Read, Error> {
    let pdf = open(url, bytes)?;
    let mut warnings = Vec::new();
    let collectors = collect(&pdf, &mut warnings);
    let rows = rows_of_pages(&collectors);
    let pages = layout(rows);
    if pages.iter().all(|page| page.blocks.is_empty()) {
        let message = "no page has a text layer: the pages are pictures";
        warnings.push(Warning::new("no_text_layer", message, None));
    } else {
        for page in pages.iter().filter(|page| page.blocks.is_empty()) {
            let message = "the page has no text layer";
            warnings.push(Warning::new("no_text_layer", message, Some(page.number)));
        }
    }
    Ok(Read {
        kind: DocumentKind::Pdf,
        title: title(&pdf),
        pages,
        warnings,
    })
}

fn open(url: &Url, bytes: &[u8]) -> Result<Pdf, Error> {
    let damaged = |what: &str| Error::DamagedPdf {
        url: url.clone(),
        what: what.to_owned(),
    };
    let loaded = catch_unwind(AssertUnwindSafe(|| Pdf::new(bytes.to_vec())));
    let pdf = match loaded {
        Ok(Ok(pdf)) => pdf,
        Ok(Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected))) => {
            return Err(Error::EncryptedPdf { url: url.clone() });
        }
        Ok(Err(LoadPdfError::Decryption(_))) => return Err(damaged("unknown encryption")),
        // Without a table of its objects an encrypted file only looks damaged.
        Ok(Err(LoadPdfError::Invalid)) if bytes.windows(8).any(|part| part == b"/Encrypt") => {
            return Err(Error::EncryptedPdf { url: url.clone() });
        }
        Ok(Err(LoadPdfError::Invalid)) => return Err(damaged("no pages found")),
        Err(_) => return Err(damaged("its structure cannot be followed")),
    };
    let pages = pdf.pages().len();
    match pages {
        0 => Err(damaged("no pages found")),
        1..=PAGE_LIMIT => Ok(pdf),
        _ => Err(Error::TooManyPages {
            url: url.clone(),
            pages,
            limit: PAGE_LIMIT,
        }),
    }
}

/// Interprets all pages; one that cannot be followed keeps what was found until then.
fn collect(pdf: &Pdf, warnings: &mut Vec<Warning>) -> Vec<Collector> {
    let cache = InterpreterCache::new();
    let settings = InterpreterSettings::default();
    let mut collectors = Vec::new();
    let mut glyphs = 0;
    for (index, page) in pdf.pages().iter().enumerate() {
        let mut collector = Collector::new(page.render_dimensions());
        let number = u32::try_from(index + 1).ok();
        if glyphs > GLYPH_LIMIT {
            let message = "the document holds more letters than are read";
            warnings.push(Warning::new("page_cut_off", message, number));
        } else if let Err(payload) = catch_unwind(AssertUnwindSafe(|| {
            let (width, height) = page.render_dimensions();
            let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
            let transform = page.initial_transform(true).to_kurbo();
            let mut context = Context::new(transform, area, &cache, page.xref(), settings.clone());
            interpret_page(page, &mut context, &mut collector);
        })) {
            let message = glyphs::reason(payload.as_ref());
            warnings.push(Warning::new("page_cut_off", message, number));
        }
        glyphs += collector.glyphs.len();
        collectors.push(collector);
    }
    collectors
}

/// The rows of each page, those of turned text last.
fn rows_of_pages(collectors: &[Collector]) -> Vec<Vec<Vec<Row>>> {
    let mut codes = Codes::default();
    let mut strokes = Strokes::default();
    for collector in collectors {
        let mut letters = vec![0_usize; collector.weights.len()];
        for glyph in &collector.glyphs {
            codes.count(&glyph.letters);
            if let Some(count) = letters.get_mut(glyph.run as usize) {
                *count += 1;
            }
        }
        for (weight, letters) in collector.weights.iter().zip(letters) {
            strokes.count(*weight, letters);
        }
    }
    codes.choose();
    let bold_above = strokes.bold_above();
    let words = collectors
        .iter()
        .map(|collector| words::words(collector, &codes, bold_above));
    words
        .map(|directions| directions.into_iter().map(rows::rows).collect())
        .collect()
}

/// Parts the furniture from the text, reads columns in order and puts lines together.
fn layout(pages: Vec<Vec<Vec<Row>>>) -> Vec<Page> {
    let mut main = Vec::new();
    let mut turned = Vec::new();
    for mut directions in pages {
        main.push(if directions.is_empty() {
            Vec::new()
        } else {
            directions.remove(0)
        });
        turned.push(directions);
    }
    let marks = furniture::furniture(&main);
    let mut edges = Vec::new();
    let mut lines = Vec::new();
    for ((rows, marks), turned) in main.into_iter().zip(marks).zip(turned) {
        let (furniture, text) = part(rows, &marks);
        let zones = columns::zones(text).into_iter();
        let turned = turned.into_iter().flat_map(columns::zones);
        lines.push(lines::lines(zones.chain(turned).collect()));
        edges.push(furniture);
    }
    let mut vocabulary = Vocabulary::default();
    lines
        .iter()
        .flatten()
        .for_each(|line: &Line| vocabulary.learn_from(&line.text));
    lines::mend_lines(&mut lines, &vocabulary);
    let mut builder = Blocks::new(&vocabulary, Setting::of(&lines), lines.len());
    let mut pages: Vec<_> = (1..)
        .zip(lines.iter().zip(edges))
        .map(|(number, (lines, edges))| page(number, builder.page(lines), edges))
        .collect();
    continuation::mark(&mut pages, &lines, &vocabulary);
    pages
}

/// Furniture above and below the text, and the text.
fn part(rows: Vec<Row>, marks: &[bool]) -> ((Vec<Line>, Vec<Line>), Vec<Row>) {
    let (mut above, mut below, mut text) = (Vec::new(), Vec::new(), Vec::new());
    for (row, &is_furniture) in rows.into_iter().zip(marks) {
        match (is_furniture, text.is_empty()) {
            (false, _) => text.push(row),
            (true, true) => above.push(Line::new(row, 0.0, 0.0)),
            (true, false) => below.push(Line::new(row, 0.0, 0.0)),
        }
    }
    ((above, below), text)
}

fn page(number: u32, text: Vec<Block>, (above, below): (Vec<Line>, Vec<Line>)) -> Page {
    let mut blocks: Vec<_> = above.iter().map(blocks::furniture).collect();
    blocks.extend(text);
    blocks.extend(below.iter().map(blocks::furniture));
    Page { number, blocks }
}

/// What the file calls itself; programs that put their own or a file's name there are passed over.
fn title(pdf: &Pdf) -> Option<String> {
    let bytes = pdf.metadata().title.as_deref()?;
    let title = match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0,
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0,
        bytes if std::str::from_utf8(bytes).is_ok() => String::from_utf8_lossy(bytes),
        bytes => {
            encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(bytes)
                .0
        }
    };
    let title = text::squeeze(&text::normalise(&title));
    let is_name = title.starts_with("Microsoft")
        || title.rsplit_once('.').is_some_and(|(_, end)| {
            matches!(
                end.to_ascii_lowercase().as_str(),
                "doc" | "docx" | "odt" | "pdf" | "indd" | "qxd"
            )
        });
    (!title.is_empty() && !is_name && title != "untitled").then_some(title)
}

#[cfg(test)]
mod tests;
