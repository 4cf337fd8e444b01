//! Compounds: cutting a folded word into words of the language.
//!
//! The cheapest chain of parts wins; a part costs more the rarer it is, and every part costs something, so that
//! few, common parts beat many or rare ones. A word that the lexicon knows as one is never cut.

use std::ops::Range;

use crate::lexicon::{Entry, Words};

/// Longer words are not looked at; the longest German law's name has 63 letters.
const LONGEST: usize = 80;
/// Shorter words cannot be compounds of two parts worth finding.
const SHORTEST: usize = 6;
/// The price of a part beside its rarity.
const PER_PART: u32 = 60;
/// The price of a linking element.
const PER_LINK: u32 = 10;
/// The price of the last part being an inflected form the lexicon does not list.
const PER_ENDING: u32 = 25;
/// The price of a letter that two parts share.
const PER_SHARED: u32 = 30;
/// No chain of parts.
const UNREACHED: u32 = u32::MAX;

/// One part of a compound: the bytes of the word without the linking element after it. In the old spelling two
/// parts may share a letter.
pub type Piece = Range<usize>;

/// Cuts a folded word into its parts; `None` if it is one word.
pub fn split(words: &impl Words, word: &str) -> Option<Vec<Piece>> {
    if word.len() < SHORTEST || word.len() > LONGEST || words.entry(word).is_some() {
        return None;
    }
    cheapest_chain(words, word).map(|(pieces, _)| pieces)
}

#[derive(Clone, Copy)]
struct Step {
    cost: u32,
    from: usize,
    part_end: usize,
}

/// Finds the cheapest chain of at least two parts that covers the word, and its price.
pub fn cheapest_chain(words: &impl Words, word: &str) -> Option<(Vec<Piece>, u32)> {
    if word.len() > LONGEST {
        return None;
    }
    let mut steps = [Step {
        cost: UNREACHED,
        from: 0,
        part_end: 0,
    }; LONGEST + 1];
    steps[0].cost = 0;
    let mut found = Vec::new();
    for start in 0..word.len() {
        let so_far = steps[start].cost;
        if so_far == UNREACHED || !word.is_char_boundary(start) {
            continue;
        }
        found.clear();
        words.beginnings(&word[start..], &mut found);
        for &(length, entry) in &found {
            let part_end = start + length;
            let cost = so_far + entry.cost() + PER_PART;
            let last = last_end(&word[part_end..]);
            if start > 0 && entry.is(Entry::LAST) && last.is_some() {
                let cost = cost + last.unwrap_or(0);
                relax(
                    &mut steps[word.len()],
                    Step {
                        cost,
                        from: start,
                        part_end,
                    },
                );
            }
            if part_end < word.len() && entry.is(Entry::FRONT) && shares_letter(&word[..part_end]) {
                let cost = cost + PER_SHARED;
                relax(
                    &mut steps[part_end - 1],
                    Step {
                        cost,
                        from: start,
                        part_end,
                    },
                );
            }
            if part_end < word.len() && entry.is(Entry::FRONT) {
                let step = Step {
                    cost,
                    from: start,
                    part_end,
                };
                go_on(&mut steps, step, &word[part_end..], entry);
            }
        }
    }
    (steps[word.len()].cost != UNREACHED)
        .then(|| (chain(&steps, word.len()), steps[word.len()].cost))
}

/// Returns the price of what follows the last part: nothing, or an ending of inflection.
fn last_end(rest: &str) -> Option<u32> {
    match rest {
        "" => Some(0),
        "n" | "s" | "en" | "es" | "e" => Some(PER_ENDING),
        _ => None,
    }
}

/// Reaches on from a part, with and without a linking element.
fn go_on(steps: &mut [Step], step: Step, rest: &str, entry: Entry) {
    let links = [
        ("", None),
        ("s", Some(Entry::LINK_S)),
        ("es", Some(Entry::LINK_ES)),
        ("n", Some(Entry::LINK_N)),
        ("en", Some(Entry::LINK_N)),
    ];
    for (link, mark) in links {
        let allowed = mark.is_none_or(|mark| entry.is(mark));
        let next = step.part_end + link.len();
        if allowed && rest.len() > link.len() && rest.starts_with(link) {
            let price = if link.is_empty() { 0 } else { PER_LINK };
            relax(
                &mut steps[next],
                Step {
                    cost: step.cost + price,
                    ..step
                },
            );
        }
    }
}

/// Of three equal consonants the old spelling wrote two: Schiffahrt. (Not `ss`, which may have been `ß`.)
fn shares_letter(part: &str) -> bool {
    ["ff", "ll", "nn", "tt"]
        .iter()
        .any(|pair| part.ends_with(pair))
}

fn relax(target: &mut Step, step: Step) {
    if step.cost < target.cost {
        *target = step;
    }
}

fn chain(steps: &[Step], end: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut position = end;
    while position > 0 {
        let step = steps[position];
        let part_end = if position == end { end } else { step.part_end };
        pieces.push(step.from..part_end);
        position = step.from;
    }
    pieces.reverse();
    pieces
}
