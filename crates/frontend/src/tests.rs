//! The whole site over a small invented archive: what readers and programs get, and what no page may do.

mod addresses;
mod pages;
mod protection;
mod search;

/// Returns the visible words of a piece of HTML, one line per line of the template.
fn words_of(html: &str) -> String {
    let mut words = String::new();
    let mut inside = true;
    for character in html.chars() {
        match character {
            '<' => inside = true,
            '>' => inside = false,
            other if !inside => words.push(other),
            _ => {}
        }
    }
    let lines = words.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}
