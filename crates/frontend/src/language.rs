//! The language of the interface; the texts of the resolutions are German in every language.

/// A language in which pages speak to readers.
///
/// Templates and code name every phrase by its German wording (`shell.t("Suchen")`); a further language is one
/// more variant here with a table from the German wording to its own, and one more `nest` in the routes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// German, the language of the archive, served without a prefix.
    #[default]
    German,
}

impl Language {
    /// Returns the code for `lang` attributes.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::German => "de",
        }
    }

    /// Returns what stands before every address of a page in this language.
    #[must_use]
    pub fn prefix(self) -> &'static str {
        match self {
            Self::German => "",
        }
    }

    /// Returns a phrase, named by its German wording, in this language.
    #[must_use]
    pub fn text(self, german: &'static str) -> &'static str {
        match self {
            Self::German => german,
        }
    }
}
