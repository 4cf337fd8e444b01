//! The configuration in effect: flag > environment > file > default; the defaults stand here alone.

use std::{
    collections::BTreeMap,
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use laendersache_frontend::SiteConfig;
use laendersache_model::Conferences;
use serde::{Deserialize, Serialize};

use crate::{
    Context, ExitStatus, arguments::Global, exit_status::usage, fixture_sites::FixtureSites,
    home::Home, output,
};

const DEFAULT_HOME: &str = "index";
const FILE_NAME: &str = "laendersache.toml";

/// What the operator decides; every field may be absent in the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Configuration {
    /// Directory of archive, corpus and index.
    pub home: PathBuf,
    /// Directory of conference files that override and add to the built-in ones.
    pub conferences: Option<PathBuf>,
    /// How the crawler behaves.
    pub crawl: CrawlConfiguration,
    /// How fetched bytes are parsed.
    pub parser: ParserConfiguration,
    /// How the search page is served.
    pub serve: ServeConfiguration,
    /// The operator's words on the pages.
    #[serde(skip_serializing)]
    pub site: SiteConfig,
    /// The program that parses; the running one by default.
    #[serde(skip)]
    pub program: Option<PathBuf>,
    /// True if the invented sites stand in the place of the real ones.
    #[serde(skip)]
    pub invented_sites: bool,
}

/// How the crawler behaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CrawlConfiguration {
    /// Where the people of a site can complain; required before anything is crawled.
    pub contact: Option<String>,
    /// Pause between two requests to one host, in milliseconds.
    pub delay_ms: u64,
    /// Requests to one site within 24 hours.
    pub daily_requests: u64,
    /// Hosts reached at a fixed address, for tests and the demonstration; only these may lie on the loopback.
    pub hosts: BTreeMap<String, SocketAddr>,
}

impl Default for CrawlConfiguration {
    fn default() -> Self {
        Self {
            contact: None,
            delay_ms: 2_000,
            daily_requests: 20_000,
            hosts: BTreeMap::new(),
        }
    }
}

/// How fetched bytes are parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ParserConfiguration {
    /// Address space of a parser process in MiB.
    pub memory_mib: u64,
    /// Longest time for one file in seconds.
    pub seconds: u64,
}

impl Default for ParserConfiguration {
    fn default() -> Self {
        Self {
            memory_mib: 2_048,
            seconds: 60,
        }
    }
}

/// How the search page is served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServeConfiguration {
    /// Address of the search page.
    pub listen: SocketAddr,
}

impl Default for ServeConfiguration {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
        }
    }
}

impl Default for Configuration {
    fn default() -> Self {
        Self {
            home: PathBuf::from(DEFAULT_HOME),
            conferences: None,
            crawl: CrawlConfiguration::default(),
            parser: ParserConfiguration::default(),
            serve: ServeConfiguration::default(),
            site: SiteConfig::default(),
            program: None,
            invented_sites: false,
        }
    }
}

impl Configuration {
    /// Merges flags and environment (both already in `global`), file and defaults.
    pub(crate) fn load(global: &Global) -> anyhow::Result<Self> {
        let named = global.config.clone();
        let home = global.home.clone();
        let path = named.clone().unwrap_or_else(|| {
            home.as_deref()
                .unwrap_or_else(|| Path::new(DEFAULT_HOME))
                .join(FILE_NAME)
        });
        let mut configuration = match fs::read_to_string(&path) {
            Ok(text) => Self::parse(&path, &text)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && named.is_none() => {
                Self::default()
            }
            Err(error) => {
                return Err(error)
                    .with_context(|| format!("cannot read configuration `{}`", path.display()));
            }
        };
        if let Some(home) = home {
            configuration.home = home;
        }
        if global.conferences.is_some() {
            configuration.conferences.clone_from(&global.conferences);
        }
        Ok(configuration)
    }

    fn parse(path: &Path, text: &str) -> anyhow::Result<Self> {
        toml::from_str(text).map_err(|error| {
            usage(format!(
                "configuration `{}` is not valid: {}",
                path.display(),
                error.to_string().trim_end()
            ))
        })
    }

    /// Returns the paths below the home directory.
    pub(crate) fn home(&self) -> Home {
        Home::new(&self.home)
    }

    /// Returns the built-in conferences, overridden by the operator's directory.
    pub(crate) fn conferences(&self) -> anyhow::Result<Conferences> {
        let mut conferences = Conferences::embedded();
        if self.invented_sites {
            FixtureSites::override_conferences(&mut conferences)?;
        }
        let Some(directory) = &self.conferences else {
            return Ok(conferences);
        };
        let entries = fs::read_dir(directory)
            .with_context(|| format!("cannot read conferences in `{}`", directory.display()))?;
        let mut files: Vec<PathBuf> = entries
            .collect::<Result<Vec<_>, _>>()?
            .iter()
            .map(fs::DirEntry::path)
            .collect();
        files.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
        files.sort();
        for path in files {
            let text = fs::read_to_string(&path)
                .with_context(|| format!("cannot read `{}`", path.display()))?;
            conferences.add_file(&path.display().to_string(), &text)?;
        }
        Ok(conferences)
    }
}

/// Prints the configuration in effect.
pub(crate) fn run(context: &Context) -> anyhow::Result<ExitStatus> {
    let configuration = &context.configuration;
    if context.json {
        output::json(configuration)?;
    } else {
        output::line(format_args!(
            "{}",
            toml::to_string_pretty(configuration)?.trim_end()
        ));
    }
    Ok(ExitStatus::Ok)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn global(home: &Path) -> Global {
        Global {
            home: Some(home.to_owned()),
            ..Global::default()
        }
    }

    #[test]
    fn a_file_in_the_home_directory_is_found_and_flags_win() {
        let home = tempfile::tempdir().expect("a directory");
        fs::write(
            home.path().join(FILE_NAME),
            "home = 'elsewhere'\n[crawl]\ndelay_ms = 5\ncontact = 'a@b.example'\n",
        )
        .expect("written");
        let configuration = Configuration::load(&global(home.path())).expect("valid");
        assert_eq!(configuration.home, home.path());
        assert_eq!(configuration.crawl.delay_ms, 5);
        assert_eq!(configuration.parser, ParserConfiguration::default());
    }

    #[test]
    fn faulty_files_are_named_with_the_line() {
        let home = tempfile::tempdir().expect("a directory");
        fs::write(home.path().join(FILE_NAME), "[crawl]\ndelai_ms = 5\n").expect("written");
        let error = Configuration::load(&global(home.path())).expect_err("not valid");
        let message = error.to_string();
        assert!(
            message.contains(FILE_NAME) && message.contains("delai_ms"),
            "{message}"
        );
        assert_eq!(crate::exit_status::of(&error), ExitStatus::Usage);
    }

    #[test]
    fn a_named_file_must_be_there() {
        let named = Global {
            config: Some("absent.toml".into()),
            ..Global::default()
        };
        assert!(Configuration::load(&named).is_err());
    }

    #[test]
    fn an_operators_file_overrides_the_built_in_conference() {
        let directory = tempfile::tempdir().expect("a directory");
        fs::write(
            directory.path().join("gmk.toml"),
            "slug = 'gmk'\nname = 'Meine'\n",
        )
        .expect("written");
        let configuration = Configuration {
            conferences: Some(directory.path().to_owned()),
            ..Configuration::default()
        };
        let conferences = configuration.conferences().expect("valid");
        assert_eq!(
            conferences.get("gmk").map(|gmk| gmk.name.as_str()),
            Some("Meine")
        );
        assert!(conferences.get("intmk").is_some());
    }
}
