//! `laendersache demo`: the whole line on the invented sites, and the search page on this machine.

use std::process::{Command, Stdio};

use crate::{
    Context, ExitStatus,
    arguments::{Arguments, DemoOptions},
    configuration::Configuration,
    crawl::runtime,
    fixture_sites::FixtureSites,
    nightly, output, serve,
};

/// The demonstration keeps its data apart from real ones.
const DEMO_DIRECTORY: &str = "demo";

const NOTICE: &str =
    "Vorführung: Alle Beschlüsse, Protokolle und Quellen auf diesen Seiten sind erfunden.";

/// Runs the verb.
pub(crate) fn run(arguments: &Arguments, options: &DemoOptions) -> anyhow::Result<ExitStatus> {
    runtime()?.block_on(demo(arguments, options))?;
    Ok(ExitStatus::Ok)
}

async fn demo(arguments: &Arguments, options: &DemoOptions) -> anyhow::Result<()> {
    let listener = serve::listen(options.listen).await?;
    let address = listener.local_addr()?;
    let sites = FixtureSites::start().await?;
    let mut configuration = Configuration::load(&arguments.global)?;
    configuration.home = configuration.home.join(DEMO_DIRECTORY);
    configuration.invented_sites = true;
    configuration.crawl.contact = Some("https://laendersache.example/crawler".to_owned());
    configuration.crawl.delay_ms = 0;
    configuration.crawl.hosts = sites.hosts();
    configuration.site.demo_notice = Some(NOTICE.to_owned());
    configuration.site.base_url = format!("http://{address}/").parse()?;
    let context = Context {
        configuration,
        json: arguments.global.json,
    };
    let report = nightly::nightly(&context).await?;
    if context.json {
        output::json(&report)?;
    } else {
        output::line(format_args!("{}", nightly::summary(&report)));
    }
    if options.once {
        return Ok(());
    }
    let page = format!("http://{address}/");
    output::line(format_args!(
        "search page: {page}  (try: {page}suche?q=Integrationskurse)"
    ));
    if !options.no_browser {
        open_browser(&page);
    }
    serve::serve(&context, listener).await
}

/// Opens the page in the desktop's browser; without a desktop the printed address is enough.
fn open_browser(page: &str) {
    let desktop = ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some());
    if desktop {
        let opened = Command::new("xdg-open")
            .arg(page)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        if let Err(error) = opened {
            tracing::info!("no browser was opened: {error}");
        }
    }
}
