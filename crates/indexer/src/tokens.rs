//! The analyzer as the engine's tokenizer: every term carries its layer as a prefix, so that one field holds all layers.

use laendersache_analysis::{Analyzer, TermRef};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::schema::layer_prefix;

/// Hands the terms of the analyzer to the engine.
#[derive(Clone)]
pub(crate) struct LayeredTokenizer {
    analyzer: Analyzer,
}

impl LayeredTokenizer {
    pub(crate) fn new(analyzer: Analyzer) -> Self {
        Self { analyzer }
    }
}

impl Tokenizer for LayeredTokenizer {
    type TokenStream<'a> = LayeredTokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> LayeredTokens<'a> {
        LayeredTokens {
            analyzer: &self.analyzer,
            text,
            token: Token::default(),
            remaining: None,
        }
    }
}

/// The terms of one text. The engine's writer calls `process`, which keeps only one token in memory.
pub(crate) struct LayeredTokens<'a> {
    analyzer: &'a Analyzer,
    text: &'a str,
    token: Token,
    remaining: Option<std::vec::IntoIter<Token>>,
}

fn fill(token: &mut Token, term: &TermRef<'_>) {
    token.text.clear();
    token.text.push(layer_prefix(term.layer));
    token.text.push_str(term.text);
    token.position = term.position as usize;
    token.offset_from = term.span.start;
    token.offset_to = term.span.end;
}

impl LayeredTokens<'_> {
    fn all(&self) -> Vec<Token> {
        let mut tokens = Vec::new();
        self.analyzer.analyze(self.text, &mut |term| {
            let mut token = Token::default();
            fill(&mut token, &term);
            tokens.push(token);
        });
        tokens
    }
}

impl TokenStream for LayeredTokens<'_> {
    fn advance(&mut self) -> bool {
        if self.remaining.is_none() {
            self.remaining = Some(self.all().into_iter());
        }
        let next = self.remaining.as_mut().and_then(Iterator::next);
        let found = next.is_some();
        self.token = next.unwrap_or_default();
        found
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }

    fn process(&mut self, sink: &mut dyn FnMut(&Token)) {
        let token = &mut self.token;
        self.analyzer.analyze(self.text, &mut |term| {
            fill(token, &term);
            sink(token);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_to_read_the_tokens_give_the_same() {
        let text = "Sprach- und Integrationskurse nach § 25b AufenthG für Migrant*innen";
        let mut tokenizer = LayeredTokenizer::new(Analyzer::german());
        let mut processed = Vec::new();
        tokenizer
            .token_stream(text)
            .process(&mut |token| processed.push(token.clone()));
        let mut advanced = Vec::new();
        let mut stream = tokenizer.token_stream(text);
        while stream.advance() {
            advanced.push(stream.token().clone());
        }
        assert_eq!(processed, advanced);
        assert!(processed.iter().any(|token| token.text == "=aufenthg"));
    }
}
