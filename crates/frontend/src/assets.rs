//! Style sheet, script and icon, embedded and served under names that change with their content.

use std::sync::OnceLock;

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use http::header;
use rust_embed::{Embed, EmbeddedFile};

use crate::page_error::PageError;

#[derive(Embed)]
#[folder = "assets/"]
struct Files;

/// The addresses of the assets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssetNames {
    /// The style sheet.
    pub style: String,
    /// The optional script.
    pub script: String,
    /// The icon.
    pub icon: String,
}

/// Returns the addresses of the assets.
#[must_use]
pub fn names() -> &'static AssetNames {
    static NAMES: OnceLock<AssetNames> = OnceLock::new();
    NAMES.get_or_init(|| AssetNames {
        style: address("style.css"),
        script: address("script.js"),
        icon: address("icon.svg"),
    })
}

/// `/assets/{name}`: an asset, to be kept for a year because its name tells its content.
pub async fn asset(Path(name): Path<String>) -> Result<Response, PageError> {
    let address = format!("/assets/{name}");
    let (file, content_type) = [
        ("style.css", "text/css; charset=utf-8"),
        ("script.js", "text/javascript; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
    ]
    .into_iter()
    .find(|(file, _)| self::address(file) == address)
    .ok_or_else(|| {
        PageError::not_found("Diese Datei gehört zu einer anderen Fassung der Seiten.")
    })?;
    let headers = [
        (header::CONTENT_TYPE, content_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, embedded(file).data.into_owned()).into_response())
}

fn address(file: &str) -> String {
    let hash = embedded(file).metadata.sha256_hash();
    let short: String = hash[..5].iter().map(|byte| format!("{byte:02x}")).collect();
    let (name, ending) = file.split_once('.').unwrap_or((file, ""));
    format!("/assets/{name}.{short}.{ending}")
}

fn embedded(file: &str) -> EmbeddedFile {
    Files::get(file).expect("the file is embedded at build time")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assets_stay_within_their_budget() {
        for (file, limit) in [
            ("style.css", 60_000),
            ("script.js", 10_000),
            ("icon.svg", 2_000),
        ] {
            let size = embedded(file).data.len();
            assert!(size <= limit, "{file} has {size} bytes");
        }
    }

    #[test]
    fn names_tell_the_content() {
        assert!(names().style.starts_with("/assets/style."));
        assert_eq!(names().style.len(), "/assets/style.0123456789.css".len());
        assert_ne!(names().style, names().script);
    }

    #[tokio::test]
    async fn an_asset_of_another_version_is_not_found() {
        let answer = asset(Path("style.0000000000.css".to_owned())).await;
        assert!(matches!(answer, Err(PageError::NotFound { .. })));
    }
}
