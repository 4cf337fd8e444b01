//! Tests of the accept loop with clients that are slow, silent, greedy or many.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use axum::{Router, routing::get};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
};

use super::*;

/// A server with little patience.
struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<Result<(), Error>>,
}

impl Server {
    async fn start(connections: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel::<()>();
        let limits = Limits {
            connections,
            head: Duration::from_millis(200),
            silence: Duration::from_millis(200),
            connection: Duration::from_secs(5),
            shutdown: Duration::from_secs(2),
        };
        let router = Router::new()
            .route("/", get(|| async { "hier" }))
            .route("/gross", get(|| async { vec![b'x'; 64 << 20] }))
            .route(
                "/langsam",
                get(|| async {
                    tokio::time::sleep(Duration::from_millis(300)).await;
                    "fertig"
                }),
            );
        let task = tokio::spawn(serve_with(listener, router, limits, async {
            let _ = stopped.await;
        }));
        Self {
            address,
            stop: Some(stop),
            task,
        }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("connected")
    }

    fn stop(&mut self) {
        self.stop.take().map(|stop| stop.send(()));
    }
}

/// Reads until the server closes; fails if it does not within two seconds.
async fn read_to_end(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let closed = tokio::time::timeout(Duration::from_secs(2), stream.read_to_end(&mut bytes)).await;
    assert!(closed.is_ok(), "the connection stays open");
    String::from_utf8_lossy(&bytes).into_owned()
}

async fn ask(stream: &mut TcpStream, head: &str) {
    stream.write_all(head.as_bytes()).await.expect("sent");
}

#[tokio::test]
async fn a_request_is_answered() {
    let server = Server::start(4).await;
    let mut stream = server.connect().await;
    ask(
        &mut stream,
        "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    )
    .await;
    let answer = read_to_end(&mut stream).await;
    assert!(
        answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("hier"),
        "{answer}"
    );
}

#[tokio::test]
async fn idle_partial_and_kept_connections_are_closed() {
    let server = Server::start(4).await;
    for head in [
        "",
        "GET / HTT",
        "GET / HTTP/1.1\r\nHost: x\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    ] {
        let mut stream = server.connect().await;
        ask(&mut stream, head).await;
        let answer = read_to_end(&mut stream).await;
        assert_eq!(
            answer.contains("200 OK"),
            head.ends_with("\r\n\r\n"),
            "{head}: {answer}"
        );
    }
}

#[tokio::test]
async fn a_head_sent_drop_by_drop_is_cut_off() {
    let server = Server::start(4).await;
    let mut stream = server.connect().await;
    let begin = Instant::now();
    let mut cut = false;
    for byte in b"GET / HTTP/1.1\r\nHost: a-very-long-name.example\r\n\r\n"
        .iter()
        .cycle()
    {
        if stream.write_all(&[*byte]).await.is_err() || begin.elapsed() > Duration::from_secs(2) {
            cut = begin.elapsed() < Duration::from_secs(2);
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(cut, "the drip went on");
}

#[tokio::test]
async fn a_body_that_never_ends_does_not_hold_the_connection() {
    let server = Server::start(4).await;
    let mut stream = server.connect().await;
    ask(
        &mut stream,
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nabc",
    )
    .await;
    assert!(read_to_end(&mut stream).await.contains("405"));
}

#[tokio::test]
async fn a_client_that_takes_nothing_gives_its_place_back() {
    let server = Server::start(1).await;
    let mut greedy = server.connect().await;
    ask(&mut greedy, "GET /gross HTTP/1.1\r\nHost: x\r\n\r\n").await;
    let mut next = server.connect().await;
    ask(
        &mut next,
        "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    )
    .await;
    let answer = read_to_end(&mut next).await;
    assert!(
        answer.contains("200 OK"),
        "the only place was given back: {answer}"
    );
    drop(greedy);
}

#[tokio::test]
async fn open_requests_are_finished_on_shutdown_and_new_ones_refused() {
    let mut server = Server::start(4).await;
    let mut stream = server.connect().await;
    ask(&mut stream, "GET /langsam HTTP/1.1\r\nHost: x\r\n\r\n").await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    let begin = Instant::now();
    server.stop();
    let answer = read_to_end(&mut stream).await;
    assert!(answer.ends_with("fertig"), "{answer}");
    let ended = tokio::time::timeout(Duration::from_secs(3), server.task).await;
    assert!(matches!(ended, Ok(Ok(Ok(())))), "{ended:?}");
    assert!(begin.elapsed() < Duration::from_secs(2));
    assert!(TcpStream::connect(server.address).await.is_err());
}
