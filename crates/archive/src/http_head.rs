//! The heads of HTTP messages as bytes inside WARC records, both ways.

use crate::exchange::{Header, RequestHead, ResponseHead};

/// Headers that describe the transfer and not the decoded payload; they are kept under another name, as other
/// archives do, so that readers of WARC files do not decode what is already decoded.
const TRANSFER_HEADERS: [&str; 3] = ["content-encoding", "transfer-encoding", "content-length"];
const ORIGINAL_PREFIX: &str = "X-Archive-Orig-";

/// Writes the head of a request.
pub(crate) fn request_bytes(head: &RequestHead) -> Vec<u8> {
    let first_line = format!("{} {} HTTP/1.1\r\n", head.method, head.target);
    let mut bytes = first_line.into_bytes();
    for header in &head.headers {
        push_header(&mut bytes, &header.name, &header.value);
    }
    bytes.extend_from_slice(b"\r\n");
    bytes
}

/// Writes the head of an answer whose payload, decoded, has `payload_bytes` bytes.
pub(crate) fn response_bytes(head: &ResponseHead, payload_bytes: usize) -> Vec<u8> {
    let mut bytes = format!("HTTP/1.1 {} {}\r\n", head.status, one_line(&head.reason)).into_bytes();
    for header in &head.headers {
        let name = header.name.to_ascii_lowercase();
        if TRANSFER_HEADERS.contains(&name.as_str()) {
            push_header(
                &mut bytes,
                &format!("{ORIGINAL_PREFIX}{}", header.name),
                &header.value,
            );
        } else {
            push_header(&mut bytes, &header.name, &header.value);
        }
    }
    push_header(
        &mut bytes,
        "Content-Length",
        payload_bytes.to_string().as_bytes(),
    );
    bytes.extend_from_slice(b"\r\n");
    bytes
}

fn one_line(text: &str) -> String {
    text.replace(['\r', '\n'], " ")
}

fn push_header(bytes: &mut Vec<u8>, name: &str, value: &[u8]) {
    bytes.extend_from_slice(name.as_bytes());
    bytes.extend_from_slice(b": ");
    bytes.extend(value.iter().map(|&byte| {
        if matches!(byte, b'\r' | b'\n') {
            b' '
        } else {
            byte
        }
    }));
    bytes.extend_from_slice(b"\r\n");
}

/// Finds where the head ends and the payload begins.
pub(crate) fn head_end(block: &[u8]) -> Option<usize> {
    block
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .map(|position| position + 4)
}

/// Reads the head of an answer; `None` if it does not begin like HTTP.
pub(crate) fn parse_response(head: &[u8]) -> Option<ResponseHead> {
    let mut lines = head
        .split(|&byte| byte == b'\n')
        .map(|line| line.trim_ascii());
    let first_line = std::str::from_utf8(lines.next()?).ok()?;
    let mut words = first_line.splitn(3, ' ');
    words.next().filter(|word| word.starts_with("HTTP/"))?;
    let status = words.next()?.parse().ok()?;
    let reason = words.next().unwrap_or_default().to_owned();
    let headers = lines.filter_map(parse_header).collect();
    Some(ResponseHead {
        status,
        reason,
        headers,
    })
}

fn parse_header(line: &[u8]) -> Option<Header> {
    let colon = line.iter().position(|&byte| byte == b':')?;
    let name = std::str::from_utf8(&line[..colon]).ok()?.trim();
    Some(Header::new(name, line[colon + 1..].trim_ascii()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(headers: Vec<Header>) -> ResponseHead {
        let head = ResponseHead {
            status: 200,
            reason: "OK".into(),
            headers,
        };
        let bytes = response_bytes(&head, 7);
        assert_eq!(head_end(&bytes), Some(bytes.len()));
        parse_response(&bytes).expect("just written")
    }

    #[test]
    fn a_head_survives_writing_and_reading() {
        let head = written(vec![Header::new("content-type", "text/html")]);
        assert_eq!(head.status, 200);
        assert_eq!(head.reason, "OK");
        assert_eq!(head.header("Content-Type").as_deref(), Some("text/html"));
    }

    #[test]
    fn the_stored_length_is_that_of_the_decoded_payload() {
        let head = written(vec![
            Header::new("Content-Encoding", "gzip"),
            Header::new("Content-Length", "3"),
        ]);
        assert_eq!(head.header("content-length").as_deref(), Some("7"));
        assert_eq!(head.header("content-encoding"), None);
        assert_eq!(
            head.header("x-archive-orig-content-encoding").as_deref(),
            Some("gzip")
        );
    }

    #[test]
    fn a_header_cannot_smuggle_in_another_line() {
        let head = written(vec![Header::new("x", "a\r\n\r\nHTTP/1.1 500 No")]);
        assert_eq!(head.header("x").as_deref(), Some("a    HTTP/1.1 500 No"));
    }

    #[test]
    fn what_is_no_http_is_refused() {
        for head in [
            "",
            "WARC/1.1 200 OK\r\n\r\n",
            "HTTP/1.1 abc OK\r\n\r\n",
            "HTTP/1.1",
        ] {
            assert_eq!(parse_response(head.as_bytes()), None, "{head}");
        }
    }

    #[test]
    fn a_request_is_written_as_it_is_sent() {
        let head = RequestHead {
            method: "GET".into(),
            target: "/a?b".into(),
            headers: vec![Header::new("Host", "example.org")],
        };
        assert_eq!(
            request_bytes(&head),
            b"GET /a?b HTTP/1.1\r\nHost: example.org\r\n\r\n"
        );
    }
}
