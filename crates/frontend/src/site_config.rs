//! What the operator of an installation decides: names, contact, legal texts, addresses taken back.

use serde::Deserialize;
use url::Url;

/// The operator's own words and addresses; everything else is the same in every installation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SiteConfig {
    /// Name of the service in the page head.
    pub title: String,
    /// The public address of the service, for canonical links, the sitemap and citations.
    pub base_url: Url,
    /// Mail address for corrections, missing resolutions and requests for removal.
    pub contact: Option<String>,
    /// A sentence shown above every page of a demonstration.
    pub demo_notice: Option<String>,
    /// Paragraphs of the Impressum.
    pub impressum: Vec<String>,
    /// Paragraphs added to the privacy page: who is responsible, how long the server keeps logs.
    pub privacy: Vec<String>,
    /// Published addresses that were moved or taken back.
    pub retired: Vec<Retired>,
}

/// A published address that no longer shows what it showed; it never becomes a plain 404.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retired {
    /// The address as a path: `/intmk/13/top/2.7` or `/datei/<sha256>.pdf`.
    pub path: String,
    /// Where the content is now; without it the address answers 410.
    #[serde(default)]
    pub moved_to: Option<String>,
    /// Why, in one sentence for readers.
    #[serde(default)]
    pub reason: String,
}

impl Default for SiteConfig {
    fn default() -> Self {
        Self {
            title: "Ländersache".to_owned(),
            base_url: Url::parse("http://127.0.0.1:8080/").expect("the literal is an address"),
            contact: None,
            demo_notice: None,
            impressum: Vec::new(),
            privacy: Vec::new(),
            retired: Vec::new(),
        }
    }
}

impl SiteConfig {
    /// Returns the public address of a path of this service.
    #[must_use]
    pub fn absolute(&self, path: &str) -> String {
        let base = self.base_url.as_str().trim_end_matches('/');
        format!("{base}{path}")
    }

    /// Returns the entry of a path that was moved or taken back.
    #[must_use]
    pub fn retired(&self, path: &str) -> Option<&Retired> {
        self.retired.iter().find(|retired| retired.path == path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_addresses_have_one_slash_between_host_and_path() {
        for base in ["https://archiv.example", "https://archiv.example/"] {
            let site = SiteConfig {
                base_url: base.parse().expect("valid"),
                ..SiteConfig::default()
            };
            assert_eq!(
                site.absolute("/intmk/13"),
                "https://archiv.example/intmk/13"
            );
        }
    }

    #[test]
    fn an_operators_file_needs_only_what_differs() {
        let site: SiteConfig =
            serde_json::from_str(r#"{"title":"Probe","contact":"a@b.example"}"#).expect("valid");
        assert_eq!(site.contact.as_deref(), Some("a@b.example"));
        assert!(site.impressum.is_empty());
        assert!(serde_json::from_str::<SiteConfig>(r#"{"tilte":"x"}"#).is_err());
    }
}
