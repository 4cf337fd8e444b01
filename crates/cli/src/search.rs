//! `laendersache search`: the same search as on the page, on the command line.

use laendersache_searcher::{Hit, Results, SearchRequest, Searcher, Sort};

use crate::{
    Context, ExitStatus,
    arguments::{SearchOptions, SortOption},
    output,
};

/// Runs the verb.
pub(crate) fn run(context: &Context, options: &SearchOptions) -> anyhow::Result<ExitStatus> {
    let configuration = &context.configuration;
    let searcher =
        Searcher::open_with(&configuration.home().index(), configuration.conferences()?)?;
    let results = searcher.search(&SearchRequest {
        query: options.query.join(" "),
        sort: match options.sort {
            SortOption::Relevance => Sort::Relevance,
            SortOption::Newest => Sort::Newest,
            SortOption::Oldest => Sort::Oldest,
        },
        offset: options.offset,
        size: options.size,
        ..SearchRequest::default()
    })?;
    if context.json {
        output::json(&results)?;
    } else {
        print(&results);
    }
    Ok(if results.total == 0 {
        ExitStatus::NothingFound
    } else {
        ExitStatus::Ok
    })
}

fn print(results: &Results) {
    output::line(format_args!("{} resolutions", results.total));
    for hit in &results.hits {
        output::line(format_args!("\n{}", heading(hit)));
        output::line(format_args!("  {}", hit.title.text));
        if let Some(snippet) = hit.snippets.first() {
            output::line(format_args!("  {}", snippet.text.text));
        }
    }
    if let Some(suggestion) = &results.suggestion {
        output::line(format_args!("\ndid you mean: {suggestion}"));
    }
}

fn heading(hit: &Hit) -> String {
    let date = hit.date.map(|date| format!(", {date}")).unwrap_or_default();
    let page = if hit.page_from > 0 {
        format!(", page {}", hit.page_from)
    } else {
        String::new()
    };
    format!("{}{date}{page}", hit.id)
}
