//! `laendersache serve`: the search page and the API, until the program is told to end.

use std::{net::SocketAddr, time::Duration};

use anyhow::Context as _;
use jiff::Timestamp;
use laendersache_frontend::{AppState, Parts, PoolSize};
use laendersache_searcher::Searcher;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

use crate::{Context, ExitStatus, arguments::ServeOptions, crawl::runtime, output, status};

/// How often the server looks for a new generation.
const RELOAD_EVERY: Duration = Duration::from_secs(10);

/// Runs the verb.
pub(crate) fn run(context: &Context, options: &ServeOptions) -> anyhow::Result<ExitStatus> {
    let address = options.listen.unwrap_or(context.configuration.serve.listen);
    runtime()?.block_on(async {
        let listener = listen(address).await?;
        output::line(format_args!("http://{}/", listener.local_addr()?));
        serve(context, listener).await
    })?;
    Ok(ExitStatus::Ok)
}

/// Opens the listening socket.
pub(crate) async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| {
        format!("cannot listen on {address}; another program may use it, choose one with --listen")
    })
}

/// Serves what lies in the home directory and follows new generations.
pub(crate) async fn serve(context: &Context, listener: TcpListener) -> anyhow::Result<()> {
    let state = state(context)?;
    let follower = tokio::spawn(follow(context.clone(), state.clone()));
    let result = laendersache_frontend::serve(listener, state, told_to_end()).await;
    follower.abort();
    Ok(result?)
}

fn state(context: &Context) -> anyhow::Result<AppState> {
    let configuration = &context.configuration;
    let home = configuration.home();
    let conferences = configuration.conferences()?;
    let searcher = Searcher::open_with(&home.index(), conferences.clone())
        .context("there is no index to serve; run `laendersache nightly` first")?;
    Ok(AppState::new(Parts {
        searcher,
        corpus: home.corpus(),
        archive: home.archive(),
        conferences,
        site: configuration.site.clone(),
        clock: Timestamp::now,
        last_crawl: status::last_crawl(context)?,
        pool: PoolSize::default(),
    })?)
}

/// Goes over to every new generation as soon as `current` names it.
async fn follow(context: Context, state: AppState) {
    let mut ticks = tokio::time::interval(RELOAD_EVERY);
    loop {
        ticks.tick().await;
        let (context, state) = (context.clone(), state.clone());
        let reloaded = tokio::task::spawn_blocking(move || -> anyhow::Result<()> {
            state.reload()?;
            if let Some(moment) = status::last_crawl(&context)? {
                state.set_last_crawl(moment);
            }
            Ok(())
        })
        .await;
        if let Ok(Err(error)) = reloaded {
            tracing::error!(
                "the new index generation cannot be used, the old one goes on: {error:#}"
            );
        }
    }
}

/// Completes when the program is asked to end by Ctrl-C or by the service manager.
async fn told_to_end() {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
