//! The heads of requests and answers, as they are kept and as they are obeyed.

use std::time::Duration;

use laendersache_archive::{Header, RequestHead, ResponseHead};
use reqwest::{Request, Response, header::HeaderMap};
use url::Url;

use crate::config::Config;

/// Reads `Retry-After`: seconds, or a date compared with the server's own.
pub(crate) fn retry_after(response: &ResponseHead) -> Option<Duration> {
    let value = response.header("retry-after")?;
    if let Ok(seconds) = value.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = jiff::fmt::rfc2822::parse(value.trim()).ok()?;
    let date = jiff::fmt::rfc2822::parse(response.header("date")?.trim()).ok()?;
    let seconds = until.timestamp().as_second() - date.timestamp().as_second();
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
}

/// Writes down the request as it goes over the line.
pub(crate) fn request_head(url: &Url, request: &Request, config: &Config) -> RequestHead {
    let target = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    let host = match (url.host_str(), url.port()) {
        (Some(host), Some(port)) => format!("{host}:{port}"),
        (host, _) => host.unwrap_or_default().to_owned(),
    };
    let mut headers = vec![
        Header::new("Host", host),
        Header::new("User-Agent", config.user_agent()),
    ];
    headers.extend(headers_of(request.headers()));
    RequestHead {
        method: request.method().to_string(),
        target,
        headers,
    }
}

/// Writes down the head of an answer.
pub(crate) fn response_head(response: &Response) -> ResponseHead {
    let status = response.status();
    ResponseHead {
        status: status.as_u16(),
        reason: status.canonical_reason().unwrap_or_default().to_owned(),
        headers: headers_of(response.headers()).collect(),
    }
}

fn headers_of(headers: &HeaderMap) -> impl Iterator<Item = Header> {
    headers
        .iter()
        .map(|(name, value)| Header::new(name.as_str(), value.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn retry(headers: &[(&str, &str)]) -> Option<u64> {
        let headers = headers
            .iter()
            .map(|(name, value)| Header::new(*name, *value));
        let head = ResponseHead {
            headers: headers.collect(),
            ..ResponseHead::default()
        };
        retry_after(&head).map(|pause| pause.as_secs())
    }

    #[test]
    fn a_pause_is_asked_for_in_seconds_or_until_a_date() {
        let date = ("date", "Sun, 22 Nov 2026 10:00:00 GMT");
        assert_eq!(retry(&[("retry-after", " 120 ")]), Some(120));
        assert_eq!(
            retry(&[date, ("retry-after", "Sun, 22 Nov 2026 10:01:30 GMT")]),
            Some(90)
        );
        assert_eq!(
            retry(&[date, ("retry-after", "Sun, 22 Nov 2026 09:00:00 GMT")]),
            Some(0)
        );
        for headers in [
            &[][..],
            &[("retry-after", "bald")],
            &[("retry-after", "Sun, 22 Nov 2026 10:01:30 GMT")],
        ] {
            assert_eq!(retry(headers), None, "{headers:?}");
        }
    }
}
