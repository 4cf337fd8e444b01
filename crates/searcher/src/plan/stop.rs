//! Words that say nothing in this archive: function words, and the formulae that stand in every resolution.

/// Function words of German, as typed in small letters.
const FUNCTION_WORDS: &str = "aber als am an auch auf aus bei beim bis da dabei damit dass daß dem den denn der des die \
    dies diese diesem diesen dieser dieses durch ein eine einem einen einer eines er es für gegen hat haben hatte ihr \
    ihre ihrem ihren ihrer im in ins ist mit nach nicht noch nur ob oder sein seine seiner sich sie sind so sowie \
    über ueber um und unter vom von vor war was wegen wenn werden wie wird wurde wurden zu zum zur zwischen";

/// Formulae of the conferences. Their members are named in every protocol, so that the words tell nothing apart.
const FORMULAE: &str = "minister ministerin ministerinnen ministern senator senatorin senatoren senatorinnen \
    minister/innen minister*innen minister:innen senator*innen senator:innen";

/// Returns true if the word tells no resolution from another.
pub(super) fn is_stop_word(typed: &str) -> bool {
    let word = typed.trim_matches(|character: char| !character.is_alphanumeric());
    let abbreviation = word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
    if word.is_empty() || abbreviation {
        return false;
    }
    let word = word.to_lowercase();
    FUNCTION_WORDS
        .split_whitespace()
        .chain(FORMULAE.split_whitespace())
        .any(|stop| stop == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_and_formulae_are_stop_words() {
        for word in [
            "der",
            "Die",
            "für",
            "und",
            "Minister",
            "Ministerinnen,",
            "Senator*innen",
        ] {
            assert!(is_stop_word(word), "{word}");
        }
    }

    #[test]
    fn abbreviations_and_content_words_are_none() {
        for word in [
            "IM",
            "AN",
            "Ministerkonferenz",
            "Land",
            "",
            "-",
            "nichts",
            "§",
        ] {
            assert!(!is_stop_word(word), "{word}");
        }
    }
}
