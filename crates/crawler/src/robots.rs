//! `robots.txt` as RFC 9309 reads it (<https://www.rfc-editor.org/rfc/rfc9309>, seen 2026-11-22).

use std::time::Duration;

use url::Url;

use crate::canonical::plain_escapes;

/// The RFC asks for at least 500 KiB; what comes after is not read.
const MAX_BYTES: usize = 512 << 10;
/// `Crawl-delay` is no part of the RFC; it is honoured up to here, so that no file can stop a run by it.
const MAX_CRAWL_DELAY_S: f64 = 60.0;

/// What a host allows us.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Robots {
    /// There is no file: everything is allowed.
    Absent,
    /// The host could not say: nothing is allowed.
    Unreachable,
    /// The rules of our group.
    Rules(Rules),
}

/// The rules of the groups that are meant for us.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Rules {
    rules: Vec<Rule>,
    crawl_delay: Option<Duration>,
    /// Addresses of sitemaps, as written; they belong to no group.
    sitemaps: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
struct Rule {
    allow: bool,
    pattern: String,
}

impl Robots {
    /// Tells whether an address may be asked for; the file itself always may.
    pub(crate) fn allows(&self, url: &Url) -> bool {
        match self {
            Self::Absent => true,
            Self::Unreachable => url.path() == "/robots.txt",
            Self::Rules(rules) => url.path() == "/robots.txt" || rules.allow(&path_of(url)),
        }
    }

    /// Returns the addresses of sitemaps, as written.
    pub(crate) fn sitemaps(&self) -> &[String] {
        match self {
            Self::Rules(rules) => &rules.sitemaps,
            Self::Absent | Self::Unreachable => &[],
        }
    }

    /// Returns the pause that the host asks for between two requests.
    pub(crate) fn crawl_delay(&self) -> Duration {
        match self {
            Self::Rules(rules) => rules.crawl_delay.unwrap_or_default(),
            Self::Absent | Self::Unreachable => Duration::ZERO,
        }
    }
}

fn path_of(url: &Url) -> String {
    let path = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    plain_escapes(&path)
}

impl Rules {
    /// Reads a file and keeps what is meant for `product_token`, or else for all.
    pub(crate) fn parse(bytes: &[u8], product_token: &str) -> Self {
        let bytes = &bytes[..bytes.len().min(MAX_BYTES)];
        let text = String::from_utf8_lossy(bytes);
        let mut reading = Reading::new(product_token);
        for line in text.trim_start_matches('\u{feff}').split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            if let Some((key, value)) = line.split_once(':') {
                reading.line(key.trim(), value.trim());
            }
        }
        reading.finish()
    }

    /// The longest pattern that matches decides; between two of one length, `Allow`.
    fn allow(&self, path: &str) -> bool {
        self.rules
            .iter()
            .filter(|rule| matches(rule.pattern.as_bytes(), path.as_bytes()))
            .max_by_key(|rule| (rule.pattern.len(), rule.allow))
            .is_none_or(|rule| rule.allow)
    }
}

/// The state between two lines.
struct Reading<'a> {
    product_token: &'a str,
    ours: Rules,
    for_all: Rules,
    ours_is_named: bool,
    in_ours: bool,
    in_for_all: bool,
    agents_go_on: bool,
    sitemaps: Vec<String>,
}

impl<'a> Reading<'a> {
    fn new(product_token: &'a str) -> Self {
        Self {
            product_token,
            ours: Rules::default(),
            for_all: Rules::default(),
            ours_is_named: false,
            in_ours: false,
            in_for_all: false,
            agents_go_on: false,
            sitemaps: Vec::new(),
        }
    }

    fn line(&mut self, key: &str, value: &str) {
        match key.to_ascii_lowercase().as_str() {
            "user-agent" => self.agent(value),
            "allow" => self.rule(true, value),
            "disallow" => self.rule(false, value),
            "crawl-delay" => self.crawl_delay(value),
            "sitemap" => self.sitemaps.push(value.to_owned()),
            _ => {}
        }
    }

    /// Several agents in a row share the rules that follow them.
    fn agent(&mut self, value: &str) {
        if !self.agents_go_on {
            self.in_ours = false;
            self.in_for_all = false;
        }
        self.agents_go_on = true;
        let is_token =
            |character: char| character.is_ascii_alphabetic() || "_-".contains(character);
        let end = value
            .find(|character| !is_token(character))
            .unwrap_or(value.len());
        if value[..end].eq_ignore_ascii_case(self.product_token) {
            self.in_ours = true;
            self.ours_is_named = true;
        }
        self.in_for_all |= value.starts_with('*');
    }

    fn rule(&mut self, allow: bool, value: &str) {
        self.agents_go_on = false;
        if value.is_empty() {
            return;
        }
        let rule = Rule {
            allow,
            pattern: plain_pattern(value),
        };
        for rules in self.current() {
            rules.rules.push(rule.clone());
        }
    }

    fn crawl_delay(&mut self, value: &str) {
        let Ok(seconds) = value.parse::<f64>() else {
            return;
        };
        if !seconds.is_finite() || seconds < 0.0 {
            return;
        }
        let delay = Duration::from_secs_f64(seconds.min(MAX_CRAWL_DELAY_S));
        for rules in self.current() {
            rules.crawl_delay = Some(delay);
        }
    }

    /// Returns the sets of rules to which the current group belongs.
    fn current(&mut self) -> impl Iterator<Item = &mut Rules> {
        let ours = self.in_ours.then_some(&mut self.ours);
        let for_all = self.in_for_all.then_some(&mut self.for_all);
        ours.into_iter().chain(for_all)
    }

    fn finish(self) -> Rules {
        let rules = if self.ours_is_named {
            self.ours
        } else {
            self.for_all
        };
        Rules {
            sitemaps: self.sitemaps,
            ..rules
        }
    }
}

/// Brings a pattern into the form of the paths it is compared with.
fn plain_pattern(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for character in value.chars() {
        if character.is_ascii_graphic() {
            escaped.push(character);
        } else {
            let mut buffer = [0; 4];
            for byte in character.encode_utf8(&mut buffer).bytes() {
                escaped.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    plain_escapes(&escaped)
}

/// Compares from the beginning; `*` stands for anything, `$` at the end for the end.
///
/// Going back only to the last `*` keeps this at worst quadratic, whatever the file says.
fn matches(pattern: &[u8], path: &[u8]) -> bool {
    let (pattern, whole) = match pattern.strip_suffix(b"$") {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let (mut at, mut position) = (0, 0);
    let mut last_star = None;
    loop {
        if at == pattern.len() && (!whole || position == path.len()) {
            return true;
        }
        if pattern.get(at) == Some(&b'*') {
            last_star = Some((at, position));
            at += 1;
        } else if at < pattern.len() && pattern.get(at) == path.get(position) {
            at += 1;
            position += 1;
        } else if let Some((star, start)) = last_star
            && start < path.len()
        {
            last_star = Some((star, start + 1));
            at = star + 1;
            position = start + 1;
        } else {
            return false;
        }
    }
}

#[cfg(test)]
#[path = "robots/tests.rs"]
mod tests;
