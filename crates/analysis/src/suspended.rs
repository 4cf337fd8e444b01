//! Suspended hyphens: `Sprach- und Integrationskurse` also means Sprachkurse,
//! `Unionsbürgerinnen und -bürger` also Unionsbürger.

use std::rc::Rc;

use crate::token::Token;
use crate::word::Word;

/// The partner of a suspended word stands at most so many words away.
const FARTHEST: usize = 8;
/// Words that link suspended words.
const LINKS: [&str; 8] = [
    "und",
    "oder",
    "sowie",
    "bzw",
    "beziehungsweise",
    "wie",
    "auch",
    "u",
];

/// Returns the stems that the suspended hyphens of the word at `index` stand for.
pub(crate) fn restored(index: usize, tokens: &[Token], words: &[Rc<Word>]) -> Vec<String> {
    let own = &words[index];
    let mut stems = Vec::new();
    if tokens[index].hyphen_after
        && let Some(partner) = later_partner(index, tokens, words)
    {
        let leaves = &words[partner].leaves;
        for from in (1..leaves.len()).rev().take(2) {
            stems.push(format!("{}{}", own.stem, leaves[from..].concat()));
        }
    }
    if tokens[index].hyphen_before
        && let Some(partner) = earlier_partner(index, tokens, words)
    {
        let leaves = &words[partner].leaves;
        for to in (1..leaves.len()).rev().take(2) {
            stems.push(format!("{}{}", leaves[..to].concat(), own.stem));
        }
    }
    stems
}

fn later_partner(index: usize, tokens: &[Token], words: &[Rc<Word>]) -> Option<usize> {
    let candidates = (index + 1..tokens.len()).take(FARTHEST);
    let mut unlinked = candidates.skip_while(|&at| tokens[at].hyphen_after || is_link(&words[at]));
    unlinked.next().filter(|&at| words[at].leaves.len() > 1)
}

fn earlier_partner(index: usize, tokens: &[Token], words: &[Rc<Word>]) -> Option<usize> {
    let candidates = (0..index).rev().take(FARTHEST);
    let mut unlinked = candidates.skip_while(|&at| tokens[at].hyphen_before || is_link(&words[at]));
    unlinked.next().filter(|&at| words[at].leaves.len() > 1)
}

fn is_link(word: &Word) -> bool {
    LINKS.contains(&word.exact.as_str())
}
