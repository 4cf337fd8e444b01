//! The patterns of a site: which addresses are pages to walk through and which are documents to keep.

use laendersache_model::Site;
use regex::RegexSet;
use url::Url;

use crate::error::Error;

/// What an address is to the crawler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Its links are followed.
    Page,
    /// It is kept; links in it are not followed.
    Document,
    /// It is kept, and its links are followed.
    PageAndDocument,
}

impl Role {
    /// Tells whether links are read.
    pub(crate) fn leads_on(self) -> bool {
        self != Self::Document
    }

    /// Tells whether it is a document.
    pub(crate) fn is_document(self) -> bool {
        self != Self::Page
    }
}

/// The compiled patterns.
#[derive(Debug)]
pub(crate) struct Patterns {
    follow: RegexSet,
    document: RegexSet,
}

impl Patterns {
    /// Compiles the patterns of a site.
    pub(crate) fn new(site: &Site) -> Result<Self, Error> {
        Ok(Self {
            follow: compile(site, &site.follow)?,
            document: compile(site, &site.document)?,
        })
    }

    /// Returns what a canonical address is; `None` if the site does not ask for it.
    pub(crate) fn role(&self, canonical: &Url) -> Option<Role> {
        let follow = self.follow.is_match(canonical.as_str());
        let document = self.document.is_match(canonical.as_str());
        match (follow, document) {
            (true, true) => Some(Role::PageAndDocument),
            (true, false) => Some(Role::Page),
            (false, true) => Some(Role::Document),
            (false, false) => None,
        }
    }
}

fn compile(site: &Site, patterns: &[String]) -> Result<RegexSet, Error> {
    for pattern in patterns {
        regex::Regex::new(pattern).map_err(|source| Error::Pattern {
            site: site.id.to_string(),
            pattern: pattern.clone(),
            source: Box::new(source),
        })?;
    }
    RegexSet::new(patterns).map_err(|source| Error::Pattern {
        site: site.id.to_string(),
        pattern: patterns.join(" "),
        source: Box::new(source),
    })
}

#[cfg(test)]
mod tests {
    use laendersache_model::Conferences;

    use super::*;

    fn site(follow: &[&str], document: &[&str]) -> Site {
        let conferences = Conferences::embedded();
        let mut site = conferences.iter().next().expect("a conference").sites[0].clone();
        site.follow = follow.iter().map(ToString::to_string).collect();
        site.document = document.iter().map(ToString::to_string).collect();
        site
    }

    #[test]
    fn an_address_is_page_document_both_or_nothing() {
        let patterns = Patterns::new(&site(&[r"\.html$"], &[r"\.pdf$", r"id=\d+\.html$"])).unwrap();
        for (url, role) in [
            ("http://a.example/x.html", Some(Role::Page)),
            ("http://a.example/x.pdf", Some(Role::Document)),
            ("http://a.example/?id=3.html", Some(Role::PageAndDocument)),
            ("http://a.example/x.jpg", None),
        ] {
            assert_eq!(patterns.role(&Url::parse(url).unwrap()), role, "{url}");
        }
    }

    #[test]
    fn a_pattern_that_is_none_is_named() {
        let error = Patterns::new(&site(&["a", "("], &[])).unwrap_err();
        assert!(error.to_string().contains("has the pattern `(`"), "{error}");
    }
}
