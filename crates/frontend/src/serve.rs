//! The accept loop: slow, idle and too many connections are closed, open requests are finished on shutdown.

mod patient;

use std::{convert::Infallible, future::Future, pin::pin, sync::Arc, time::Duration};

use axum::Router;
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::timeout,
};
use tower::ServiceExt;

use self::patient::Patient;
use crate::{Error, routes::app, state::AppState};

/// How patient the server is with its clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Connections open at the same time; further ones wait to be accepted.
    pub connections: usize,
    /// Time for the head of a request, and for the first byte of the next one on an open connection.
    pub head: Duration,
    /// Time in which a client must take or send at least one byte.
    pub silence: Duration,
    /// Life of a connection, however busy it is.
    pub connection: Duration,
    /// Time for open requests to finish after the shutdown began.
    pub shutdown: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 512,
            head: Duration::from_secs(10),
            silence: Duration::from_secs(20),
            connection: Duration::from_secs(600),
            shutdown: Duration::from_secs(10),
        }
    }
}

/// Serves the site until `shutdown` completes, then finishes what is under way.
///
/// # Errors
/// If the listening socket fails for good.
pub async fn serve(
    listener: TcpListener,
    state: AppState,
    shutdown: impl Future<Output = ()> + Send,
) -> Result<(), Error> {
    serve_with(listener, app(state), Limits::default(), shutdown).await
}

/// Serves any router with chosen limits.
///
/// # Errors
/// If the listening socket fails for good.
pub async fn serve_with(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    shutdown: impl Future<Output = ()> + Send,
) -> Result<(), Error> {
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(limits.connections));
    let mut shutdown = pin!(shutdown);
    loop {
        let place = tokio::select! {
            () = &mut shutdown => break,
            place = Arc::clone(&places).acquire_owned() => place.expect("the semaphore is never closed"),
        };
        let stream = tokio::select! {
            () = &mut shutdown => break,
            accepted = accept(&listener) => accepted?,
        };
        let connection = connection(stream, router.clone(), limits);
        let watched = graceful.watch(connection);
        tokio::spawn(async move {
            // A client that went away or was too slow is no event worth a line in the log.
            let _ = timeout(limits.connection, watched).await;
            drop(place);
        });
    }
    drop(listener);
    if timeout(limits.shutdown, graceful.shutdown()).await.is_err() {
        tracing::warn!("connections were still open at the end of the shutdown");
    }
    Ok(())
}

/// Accepts the next connection; an error that passes (no file descriptor left) is waited for.
async fn accept(listener: &TcpListener) -> Result<TcpStream, Error> {
    let mut failures = 0;
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return Ok(stream),
            Err(error) if failures < 60 => {
                failures += 1;
                tracing::warn!(%error, "cannot accept a connection");
                tokio::time::sleep(Duration::from_millis(500)).await;
            }
            Err(error) => return Err(Error::Accept(error)),
        }
    }
}

type Service = TowerToHyperService<
    tower::util::BoxCloneService<hyper::Request<Incoming>, axum::response::Response, Infallible>,
>;

fn connection(
    stream: TcpStream,
    router: Router,
    limits: Limits,
) -> http1::Connection<TokioIo<Patient<TcpStream>>, Service> {
    let service = router
        .map_request(|request: hyper::Request<Incoming>| request.map(axum::body::Body::new))
        .boxed_clone();
    let stream = TokioIo::new(Patient::new(stream, limits.silence));
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(64 * 1024)
        .serve_connection(stream, TowerToHyperService::new(service))
}

#[cfg(test)]
mod tests;
