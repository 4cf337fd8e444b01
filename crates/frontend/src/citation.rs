//! How a resolution is cited: one set of fields, written as a sentence and in the formats of reference managers.

use jiff::civil::Date;
use laendersache_model::{Conference, Work};
use serde_json::{Value, json};

use crate::{context::Context, page_error::PageError, wording};

/// What a citation says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Title of the resolution.
    pub title: String,
    /// The conference, as a name that no program takes for a surname and a first name: without commas.
    pub author: String,
    /// "13. IntMK, TOP 2.7".
    pub number: String,
    /// The last day of the meeting.
    pub date: Option<Date>,
    /// Where it met.
    pub place: Option<String>,
    /// Permanent address.
    pub url: String,
    /// The day of retrieval.
    pub retrieved: Date,
    /// SHA-256 of the file the text was read from, and the day of its capture.
    pub proof: Option<(String, String)>,
    /// Plain text, paragraphs divided by blank lines.
    pub text: String,
    key: String,
}

impl Citation {
    /// Returns the citation of the current wording of a work.
    #[must_use]
    pub(crate) fn of(context: &Context, work: &Work) -> Self {
        let version = work.current();
        let resolution = &version.resolution;
        let label = wording::label_name(&work.id.meeting, &resolution.label);
        let conference = context.app.conferences.get(&work.id.meeting.conference);
        let paragraphs: Vec<_> = resolution
            .paragraphs()
            .map(|paragraph| paragraph.text.as_str())
            .collect();
        Self {
            title: resolution.title.clone(),
            author: conference.map_or_else(|| work.id.meeting.conference.clone(), author),
            number: format!("{}, {label}", context.meeting_name(&work.id.meeting)),
            date: work.date(),
            place: work.meeting.place.clone(),
            url: context.app.site.absolute(&format!("/{}", work.id)),
            retrieved: wording::german_day(context.app.now()),
            proof: version.sources.first().map(|source| {
                let day = wording::german_day(source.first_captured);
                (source.digest.to_string(), wording::short_date(day))
            }),
            text: paragraphs.join("\n\n"),
            key: work.id.to_string().replace(['/', '.', '+'], "-"),
        }
    }

    /// Returns the citation as a German sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let date = self
            .date
            .map(|date| format!(" vom {}", wording::long_date(date)))
            .unwrap_or_default();
        format!(
            "{}: {}. Beschluss{date}, {}. Online: {} (abgerufen am {}).",
            self.author,
            self.title,
            self.number,
            self.url,
            wording::short_date(self.retrieved)
        )
    }

    /// Returns a name for a downloaded file, without its ending.
    #[must_use]
    pub fn file_name(&self) -> &str {
        &self.key
    }

    /// Returns the citation in RIS.
    #[must_use]
    pub fn ris(&self) -> String {
        let mut lines = vec![
            ("TY", "RPRT".to_owned()),
            ("TI", self.title.clone()),
            ("AU", self.author.clone()),
            ("SN", self.number.clone()),
            ("PB", self.author.clone()),
        ];
        if let Some(date) = self.date {
            lines.push(("PY", date.year().to_string()));
            lines.push((
                "DA",
                format!("{:04}/{:02}/{:02}/", date.year(), date.month(), date.day()),
            ));
        }
        lines.extend(self.place.clone().map(|place| ("CY", place)));
        lines.push(("UR", self.url.clone()));
        lines.push(("LA", "de".to_owned()));
        lines.push(("ER", String::new()));
        lines
            .iter()
            .map(|(tag, value)| format!("{tag}  - {}\r\n", one_line(value)))
            .collect()
    }

    /// Returns the citation in BibTeX.
    #[must_use]
    pub fn bibtex(&self) -> String {
        let mut fields = vec![
            ("title", format!("{{{{{}}}}}", bibtex_escaped(&self.title))),
            (
                "author",
                format!("{{{{{}}}}}", bibtex_escaped(&self.author)),
            ),
            (
                "institution",
                format!("{{{{{}}}}}", bibtex_escaped(&self.author)),
            ),
            ("number", format!("{{{}}}", bibtex_escaped(&self.number))),
        ];
        if let Some(date) = self.date {
            fields.push(("year", format!("{{{}}}", date.year())));
            fields.push(("date", format!("{{{date}}}")));
        }
        if let Some(place) = &self.place {
            fields.push(("address", format!("{{{}}}", bibtex_escaped(place))));
        }
        fields.push(("url", format!("{{{}}}", self.url)));
        fields.push(("urldate", format!("{{{}}}", self.retrieved)));
        fields.push(("langid", "{german}".to_owned()));
        let body: Vec<_> = fields
            .iter()
            .map(|(name, value)| format!("  {name} = {value}"))
            .collect();
        format!("@techreport{{{},\n{}\n}}\n", self.key, body.join(",\n"))
    }

    /// Returns the citation in CSL-JSON.
    ///
    /// # Errors
    /// Never in practice; the type says what `serde_json` says.
    pub fn csl_json(&self) -> Result<String, PageError> {
        let parts = |date: Date| json!({ "date-parts": [[date.year(), date.month(), date.day()]] });
        let mut item = json!({
            "id": self.key,
            "type": "report",
            "title": self.title,
            "author": [{ "literal": self.author }],
            "publisher": self.author,
            "number": self.number,
            "URL": self.url,
            "accessed": parts(self.retrieved),
            "language": "de",
        });
        if let Some(date) = self.date {
            item["issued"] = parts(date);
        }
        if let Some(place) = &self.place {
            item["publisher-place"] = json!(place);
        }
        Ok(serde_json::to_string_pretty(&json!([item]))?)
    }

    /// Returns title, place of decision and text without any markup.
    #[must_use]
    pub fn plain_text(&self) -> String {
        format!(
            "{}\n{}\n{}\n\n{}\n",
            self.title, self.number, self.url, self.text
        )
    }

    /// Returns JSON-LD that can stand inside a `script` element.
    #[must_use]
    pub fn structured_data(&self) -> String {
        let mut data: Value = json!({
            "@context": "https://schema.org",
            "@type": "Report",
            "name": self.title,
            "reportNumber": self.number,
            "url": self.url,
            "inLanguage": "de",
            "author": { "@type": "Organization", "name": self.author },
        });
        if let Some(date) = self.date {
            data["datePublished"] = json!(date.to_string());
        }
        // `</script>` in a title would end the element, `<!--` would begin a comment in it.
        data.to_string()
            .replace('<', "\\u003c")
            .replace('>', "\\u003e")
            .replace('&', "\\u0026")
    }
}

/// Returns the conference's full name, or one of its other names, without a comma.
fn author(conference: &Conference) -> String {
    std::iter::once(&conference.name)
        .chain(&conference.variants)
        .find(|name| !name.contains(','))
        .cloned()
        .unwrap_or_else(|| conference.name.replace(", ", " und "))
}

fn one_line(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Escapes what BibTeX would read as a command; braces are dropped because they must balance.
fn bibtex_escaped(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for character in one_line(value).chars() {
        match character {
            '&' | '%' | '$' | '#' | '_' => {
                escaped.push('\\');
                escaped.push(character);
            }
            '{' | '}' => {}
            '\\' => escaped.push('/'),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests;
