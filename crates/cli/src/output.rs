//! Results on stdout; a reader that went away (`| head`) is no failure of ours.

use std::{
    fmt,
    io::{self, Write},
};

use serde::Serialize;

/// Writes a line of results.
pub(crate) fn line(arguments: fmt::Arguments<'_>) {
    write(&mut io::stdout().lock(), arguments);
}

/// Writes a result as JSON.
///
/// # Errors
/// If the value cannot be written as JSON.
pub(crate) fn json<T: Serialize>(value: &T) -> anyhow::Result<()> {
    line(format_args!("{}", serde_json::to_string_pretty(value)?));
    Ok(())
}

fn write(out: &mut impl Write, arguments: fmt::Arguments<'_>) {
    match writeln!(out, "{arguments}") {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            tracing::error!("cannot write the results: {error}");
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Gone;

    impl Write for Gone {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn lines_are_written_and_a_closed_pipe_is_no_failure() {
        let mut out = Vec::new();
        write(&mut out, format_args!("{} hits", 3));
        assert_eq!(out, b"3 hits\n");
        write(&mut Gone, format_args!("nobody reads this"));
    }
}
