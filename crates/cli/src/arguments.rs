//! What can be typed: verbs, options and their help.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Search engine for the resolutions of the conferences of German Länder ministers.
#[derive(Debug, Parser)]
#[command(name = "laendersache", version, about, long_about = None, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub verb: Verb,
}

const EXIT_CODES: &str = "Exit codes: 0 ok, 1 error, 2 usage, 3 nothing found, 4 partial, 5 integrity failure, 75 lock held.
Every option can also stand in the configuration file; flag > environment > file > default.";

/// Options of all verbs.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Global {
    /// Directory of archive, corpus and index [default: index]
    #[arg(long, global = true, env = "LAENDERSACHE_HOME", value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// Configuration file [default: laendersache.toml in the home directory, if it is there]
    #[arg(long, global = true, env = "LAENDERSACHE_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Directory of conference files that override and add to the built-in ones
    #[arg(
        long,
        global = true,
        env = "LAENDERSACHE_CONFERENCES",
        value_name = "DIR"
    )]
    pub conferences: Option<PathBuf>,
    /// Print results as JSON on stdout
    #[arg(long, global = true)]
    pub json: bool,
    /// Write the log on stderr as JSON lines (LAENDERSACHE_LOG sets what is logged)
    #[arg(long, global = true)]
    pub log_json: bool,
}

/// One verb per stage.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Crawl the invented fixture sites on this machine, index them and serve the search page
    Demo(DemoOptions),
    /// Fetch what is new at the sources into the archive
    Crawl(CrawlOptions),
    /// Confirm that a source which stopped with an alarm is right as it is now
    Confirm(ConfirmOptions),
    /// Cut the archived documents into resolutions
    Extract,
    /// Build a new index generation from the corpus
    Index,
    /// Crawl, extract and index, as once every night
    Nightly,
    /// Serve the search page and the API
    Serve(ServeOptions),
    /// Search on the command line
    Search(SearchOptions),
    /// Say what is held, how old it is and how the last night went
    Status,
    /// List the known sites, check their entries and forecast the next chairs
    Sources,
    /// Read every archived record again and compare every digest
    Verify,
    /// List every capture of an address
    History(HistoryOptions),
    /// Write the bytes of an archived content to stdout
    Get(GetOptions),
    /// Print the configuration in effect
    Config,
    /// Read jobs from stdin and write what was parsed to stdout (for internal use)
    #[command(hide = true)]
    Parse,
}

/// Options of `demo`.
#[derive(Debug, Args)]
pub(crate) struct DemoOptions {
    /// Address of the search page; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    pub listen: SocketAddr,
    /// Do everything, print the figures and end instead of serving
    #[arg(long)]
    pub once: bool,
    /// Do not open a browser
    #[arg(long)]
    pub no_browser: bool,
}

/// Options of `crawl`.
#[derive(Debug, Default, Args)]
pub(crate) struct CrawlOptions {
    /// Only these sites (see the conference files); all enabled ones by default
    #[arg(value_name = "SITE")]
    pub sites: Vec<String>,
}

/// Options of `serve`.
#[derive(Debug, Args)]
pub(crate) struct ServeOptions {
    /// Address of the search page [default: 127.0.0.1:8080]
    #[arg(long, env = "LAENDERSACHE_LISTEN", value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
}

/// Options of `confirm`.
#[derive(Debug, Args)]
pub(crate) struct ConfirmOptions {
    /// The site, as the alarm names it
    #[arg(value_name = "SITE")]
    pub site: String,
    /// Who confirms and why; kept in the archive for ever
    #[arg(long, value_name = "TEXT")]
    pub remark: String,
}

/// Options of `history`.
#[derive(Debug, Args)]
pub(crate) struct HistoryOptions {
    /// The address, in any of its spellings
    #[arg(value_name = "URL")]
    pub url: String,
}

/// Options of `get`.
#[derive(Debug, Args)]
pub(crate) struct GetOptions {
    /// The digest of a content, or an address whose newest content is meant
    #[arg(value_name = "SHA-256|URL")]
    pub content: String,
}

/// The order of hits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum SortOption {
    /// Best match first
    #[default]
    Relevance,
    /// Newest decision first
    Newest,
    /// Oldest decision first
    Oldest,
}

/// Options of `search`.
#[derive(Debug, Args)]
pub(crate) struct SearchOptions {
    /// What to search for, in the query language of the search page
    #[arg(required = true, value_name = "QUERY", allow_hyphen_values = true)]
    pub query: Vec<String>,
    /// How many hits to print
    #[arg(long, default_value_t = 10, value_name = "N")]
    pub size: usize,
    /// How many hits to skip
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub offset: usize,
    /// The order of the hits
    #[arg(long, value_enum, default_value_t)]
    pub sort: SortOption,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definitions_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_query_behind_the_dashes_may_look_like_an_option() {
        let parsed = Arguments::try_parse_from([
            "laendersache",
            "search",
            "--json",
            "--",
            "--size",
            "-Kurse",
        ]);
        let Ok(Arguments {
            verb: Verb::Search(options),
            global,
        }) = parsed
        else {
            panic!("a search");
        };
        assert_eq!(options.query, ["--size", "-Kurse"]);
        assert!(global.json);
    }
}
