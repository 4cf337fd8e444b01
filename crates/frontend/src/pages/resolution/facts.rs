//! What is known of a resolution beside its text, and where each of it was read.

use laendersache_model::{Resolution, Version, Work};

use crate::{
    context::{Context, pdf_page},
    filter_field::FilterField,
    search_state::SearchState,
    wording,
};

/// A named fact; a missing value is shown as unknown, never left out silently.
pub struct Fact {
    /// Its name.
    pub name: &'static str,
    /// The value, or `None` if no document says it.
    pub value: Option<String>,
    /// Where it leads.
    pub href: Option<String>,
}

/// Where a field was read, for those who check.
pub struct Reading {
    /// Name of the field in German.
    pub field: String,
    /// The printed words.
    pub raw: String,
    /// The page, with its address if a PDF is held.
    pub page: u32,
    /// Address of that page.
    pub href: Option<String>,
    /// True if the words were found by a rule that may err.
    pub uncertain: bool,
}

/// Below this confidence a reader should look at the original.
const CERTAIN: f32 = 0.8;

impl Fact {
    fn new(name: &'static str, value: Option<String>) -> Self {
        Self {
            name,
            value,
            href: None,
        }
    }

    fn linked(mut self, href: Option<String>) -> Self {
        self.href = href;
        self
    }
}

/// Returns the facts in the order in which readers look for them.
pub fn facts(context: &Context, work: &Work, resolution: &Resolution) -> Vec<Fact> {
    let meeting = &work.meeting;
    let search = |field: FilterField, value: &str| {
        let state = SearchState::default().toggled(field, value);
        Some(state.address("/suche"))
    };
    let chair_search = meeting
        .chair
        .and_then(|land| search(FilterField::Chair, &land.code().to_lowercase()));
    let mut facts = vec![
        Fact::new("Sitzung", Some(context.meeting_name(&meeting.id)))
            .linked(Some(format!("/{}", meeting.id))),
        Fact::new("Datum", wording::long_days(meeting.from, meeting.to)),
        Fact::new("Ort", meeting.place.clone()),
        Fact::new("Vorsitz", meeting.chair.map(|land| land.name().to_owned())).linked(chair_search),
        Fact::new("Antragsteller", wording::applicants(&resolution.applicants)),
        Fact::new("Abstimmung", resolution.vote.as_ref().map(wording::vote)),
        Fact::new(
            "Ergebnis",
            Some(wording::resolution_state(resolution.state).to_owned()),
        ),
    ];
    if let Some(joined) = wording::applicants(&resolution.co_applicants) {
        facts.insert(5, Fact::new("Mitantragsteller", Some(joined)));
    }
    if !resolution.addressees.is_empty() {
        facts.push(Fact::new(
            "Adressaten",
            Some(resolution.addressees.join(", ")),
        ));
    }
    if let Some(release) = &resolution.release {
        facts.push(Fact::new("Veröffentlichung", Some(release.clone())));
    }
    facts
}

/// Returns where the fields were read.
pub fn readings(resolution: &Resolution, version: &Version) -> Vec<Reading> {
    resolution
        .evidence
        .iter()
        .map(|(field, evidence)| Reading {
            field: field_name(field),
            raw: evidence.raw.clone(),
            page: evidence.page,
            href: pdf_page(&version.sources, resolution.page_from, evidence.page)
                .map(|(href, _)| href),
            uncertain: evidence.confidence < CERTAIN,
        })
        .collect()
}

fn field_name(field: &str) -> String {
    match field {
        "title" => "Titel",
        "label" => "TOP",
        "vote" => "Abstimmung",
        "applicants" => "Antragsteller",
        "co_applicants" => "Mitantragsteller",
        "release" => "Veröffentlichung",
        "state" => "Ergebnis",
        "kind" => "Art",
        "addressees" => "Adressaten",
        "sections" => "Gliederung",
        other => other,
    }
    .to_owned()
}
