//! Works of the model, as the corpus gives them, and the records made of them.

use std::collections::BTreeMap;

use jiff::civil::date;
use laendersache_model::{
    Applicants, Conferences, Land, Meeting, MeetingKind, Paragraph, Resolution, ResolutionId,
    ResolutionKind, ResolutionState, Section, SectionKind, TopLabel, Version, Vote, VoteKind, Work,
};

use crate::{Record, work_record};

fn section(kind: SectionKind, laender: &[Land], text: &str) -> Section {
    let paragraph = Paragraph {
        number: 1,
        marker: None,
        text: text.to_owned(),
        page: 18,
    };
    Section {
        kind,
        laender: laender.to_vec(),
        heading: None,
        paragraphs: vec![paragraph],
    }
}

fn work(id: &str) -> Work {
    let id: ResolutionId = id.parse().expect("a valid id");
    let meeting = Meeting {
        id: id.meeting.clone(),
        kind: MeetingKind::Main,
        document_name: None,
        from: Some(date(2018, 3, 15)),
        to: Some(date(2018, 3, 16)),
        place: Some("Nürnberg".to_owned()),
        chair: Some(Land::By),
        agenda: Vec::new(),
        sources: Vec::new(),
    };
    let resolution = Resolution {
        label: TopLabel(id.label.clone()),
        id: id.clone(),
        position: 1,
        title: "Sprachkurse ausbauen".to_owned(),
        kind: ResolutionKind::Leitantrag,
        state: ResolutionState::Decided,
        applicants: Applicants {
            laender: vec![Land::Hb],
            raw: Some("HB".to_owned()),
            ..Applicants::default()
        },
        co_applicants: Applicants {
            laender: vec![Land::Be, Land::Hb],
            ..Applicants::default()
        },
        release: None,
        vote: None,
        sections: vec![
            section(SectionKind::Decision, &[], "Der Bund wird gebeten."),
            section(
                SectionKind::Protokollerklaerung,
                &[Land::By],
                "Bayern stimmt nicht zu.",
            ),
        ],
        references: Vec::new(),
        addressees: vec!["BAMF".to_owned()],
        page_from: 18,
        page_to: 19,
        evidence: BTreeMap::new(),
    };
    let version = Version {
        number: 1,
        first_captured: jiff::Timestamp::UNIX_EPOCH,
        resolution,
        sources: Vec::new(),
    };
    Work {
        id,
        meeting,
        versions: vec![version],
        referred_by: Vec::new(),
    }
}

fn record_of(change: impl FnOnce(&mut Work)) -> Record {
    let mut work = work("intmk/13/top/2.7");
    change(&mut work);
    work_record(&work, &Conferences::embedded())
}

fn context_contains(record: &Record, words: &str) -> bool {
    record.context.iter().any(|line| line.contains(words))
}

#[test]
fn a_work_becomes_a_record_with_every_field() {
    let record = record_of(|_| {});
    assert_eq!(record.id, "intmk/13/top/2.7");
    assert_eq!(record.date, Some(date(2018, 3, 16)));
    assert_eq!(record.year, Some(2018));
    assert_eq!(record.applicants, [Land::Be, Land::Hb]);
    assert_eq!(record.statements, [Land::By]);
    assert_eq!(record.vote, None);
    let pages: Vec<u32> = record.sections.iter().map(|section| section.page).collect();
    assert_eq!(pages, [18, 18]);
}

#[test]
fn a_record_is_found_by_what_is_said_about_it() {
    let record = record_of(|_| {});
    for words in [
        "13. IntMK TOP 2.7",
        "2018",
        "Nürnberg",
        "Vorsitz Bayern",
        "Leitantrag",
        "Antragsteller HB",
        "Bremen",
        "Protokollerklärung Bayern",
        "BAMF",
    ] {
        assert!(
            context_contains(&record, words),
            "{words}: {:?}",
            record.context
        );
    }
    assert!(!context_contains(&record, "einstimmig"));
}

#[test]
fn all_laender_are_sixteen_applicants() {
    let record = record_of(|work| work.versions[0].resolution.applicants.all_laender = true);
    assert_eq!(record.applicants, Land::ALL);
}

#[test]
fn a_vote_that_was_read_is_found_by_its_words() {
    let record = record_of(|work| {
        work.versions[0].resolution.vote = Some(Vote {
            kind: VoteKind::Unanimous,
            yes: Some(16),
            no: Some(0),
            abstain: Some(0),
            no_laender: Vec::new(),
            abstain_laender: Vec::new(),
            raw: "16:0:0".to_owned(),
        });
    });
    assert_eq!(record.vote, Some(VoteKind::Unanimous));
    assert!(context_contains(&record, "16:0:0") && context_contains(&record, "einstimmig"));
}

#[test]
fn a_meeting_without_a_printed_day_has_the_year_under_which_it_is_known() {
    let record = record_of(|work| (work.meeting.from, work.meeting.to) = (None, None));
    assert_eq!((record.date, record.year), (None, Some(2018)));
}

#[test]
fn a_circulation_resolution_has_the_year_of_its_id() {
    let mut work = work("intmk/2020/umlauf/4");
    (work.meeting.from, work.meeting.to) = (None, None);
    let record = work_record(&work, &Conferences::embedded());
    assert_eq!(record.year, Some(2020));
    assert!(context_contains(&record, "Umlaufbeschluss"));
}

#[test]
fn the_newest_wording_is_indexed() {
    let record = record_of(|work| {
        let mut newer = work.versions[0].clone();
        newer.resolution.title = "Sprachkurse sichern".to_owned();
        work.versions.push(newer);
    });
    assert_eq!(record.title, "Sprachkurse sichern");
}

#[test]
fn a_record_survives_being_stored() {
    let record = Record {
        context: Vec::new(),
        ..record_of(|_| {})
    };
    let json = serde_json::to_string(&record).expect("a record can be written");
    assert_eq!(
        serde_json::from_str::<Record>(&json).expect("it can be read"),
        record
    );
}
