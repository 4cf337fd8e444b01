//! After a crash, a lost catalog or a damaged disk: what was acknowledged is there, and the rest is named.

use super::*;
use crate::{Counts, Damage, Repair};

#[test]
fn the_rebuilt_catalog_equals_the_old_one() {
    let dir = tempfile::tempdir().unwrap();
    let config = Config {
        max_file_bytes: 1_500,
        commit_every: 3,
    };
    let archive = Archive::open_with(dir.path(), config).unwrap();
    fill(&archive);
    for minute in 10..40 {
        let path = format!("{}.html", minute % 7);
        archive
            .append(
                &exchange(&path, 200, minute),
                format!("{}", minute % 11).as_bytes(),
            )
            .unwrap();
    }
    let (before, counts) = (all(&archive), archive.counts().unwrap());
    assert!(counts.files > 5, "{counts:?}");
    let found = archive.rebuild_catalog().unwrap();
    assert!(
        found
            .iter()
            .all(|repair| matches!(repair, Repair::CaughtUp { .. })),
        "{found:?}"
    );
    assert_eq!(all(&archive), before);
    assert_eq!(archive.counts().unwrap(), counts);
    drop(archive);

    for name in ["catalog.sqlite", "catalog.sqlite-wal", "catalog.sqlite-shm"] {
        let _ = fs::remove_file(dir.path().join(name));
    }
    let archive = Archive::open(dir.path()).unwrap();
    assert_eq!(all(&archive), before);
    assert_eq!(archive.counts().unwrap(), counts);
    assert_eq!(
        archive
            .runs(&SiteId("intmk-zentral".into()), 9)
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn a_catalog_that_is_no_database_is_made_anew() {
    let dir = tempfile::tempdir().unwrap();
    let captures = fill(&Archive::open(dir.path()).unwrap());
    fs::write(dir.path().join("catalog.sqlite"), vec![b'x'; 10_000]).unwrap();
    let archive = Archive::open(dir.path()).unwrap();
    assert!(
        matches!(archive.repairs()[0], Repair::CatalogReplaced { .. }),
        "{:?}",
        archive.repairs()
    );
    assert_eq!(all(&archive).len(), captures.len());
}

#[test]
fn records_that_the_catalog_does_not_know_are_read_on_opening() {
    let dir = tempfile::tempdir().unwrap();
    let archive = Archive::open(dir.path()).unwrap();
    archive
        .append(&exchange("a.html", 200, 0), b"Beschluss")
        .unwrap();
    drop(archive);
    let catalog = fs::read(dir.path().join("catalog.sqlite")).unwrap();
    let archive = Archive::open(dir.path()).unwrap();
    archive
        .append(&exchange("b.html", 200, 1), b"Beschluss")
        .unwrap();
    archive.append(&not_modified("b.html", 2), b"").unwrap();
    let before = all(&archive);
    drop(archive);
    // The power fails and the last commits of the catalog are lost.
    fs::write(dir.path().join("catalog.sqlite"), catalog).unwrap();
    let archive = Archive::open(dir.path()).unwrap();
    assert!(
        matches!(archive.repairs(), [Repair::CaughtUp { captures: 2, .. }]),
        "{:?}",
        archive.repairs()
    );
    assert_eq!(all(&archive), before);
}

/// Copies the WARC file cut to `length`, opens it without a catalog, and returns what is found.
fn open_cut(source: &Path, length: u64) -> (tempfile::TempDir, Archive) {
    let dir = tempfile::tempdir().unwrap();
    let bytes = fs::read(source).unwrap();
    let name = source.file_name().unwrap();
    fs::write(dir.path().join(name), &bytes[..length as usize]).unwrap();
    let archive = Archive::open(dir.path()).unwrap();
    (dir, archive)
}

#[test]
fn a_write_cut_off_at_any_byte_loses_only_what_was_not_acknowledged() {
    let dir = tempfile::tempdir().unwrap();
    let archive = Archive::open(dir.path()).unwrap();
    archive
        .append(&exchange("a.html", 200, 0), b"Beschluss")
        .unwrap();
    let first = archive.counts().unwrap().warc_bytes;
    archive
        .append(&exchange("b.html", 200, 1), b"Zweiter Beschluss")
        .unwrap();
    let all_bytes = archive.counts().unwrap().warc_bytes;
    let source = only_file(dir.path());
    let response = warc_reader::read_record(&source, first).unwrap().end;

    for length in first..=all_bytes {
        let (cut_dir, archive) = open_cut(&source, length);
        let expected = if length < response { 1 } else { 2 };
        assert_eq!(all(&archive).len(), expected, "cut at {length}");
        let torn = archive
            .repairs()
            .iter()
            .any(|repair| matches!(repair, Repair::TornTail { .. }));
        let between_records = [first, response, all_bytes].contains(&length);
        assert_eq!(torn, !between_records, "cut at {length}");
        // Going on from there is the same wherever it was cut, so every eleventh place is enough.
        if length % 11 != 0 && !between_records {
            continue;
        }
        let again = archive
            .append(&exchange("c.html", 200, 5), b"Danach")
            .unwrap();
        assert_eq!(
            archive.get(&again.digest).unwrap(),
            b"Danach",
            "cut at {length}"
        );
        drop(archive);
        let archive = Archive::open(cut_dir.path()).unwrap();
        assert!(archive.repairs().is_empty(), "cut at {length}");
        assert!(archive.verify().unwrap().is_sound(), "cut at {length}");
    }
}

#[test]
fn the_first_file_torn_at_any_byte_of_its_first_record_is_no_obstacle() {
    let dir = tempfile::tempdir().unwrap();
    Archive::open(dir.path())
        .unwrap()
        .append(&exchange("a", 200, 0), b"a")
        .unwrap();
    let source = only_file(dir.path());
    let first_record = warc_reader::read_record(&source, 0).unwrap().end;
    for length in (0..first_record).step_by(5) {
        let (_dir, archive) = open_cut(&source, length);
        let capture = archive.append(&exchange("b", 200, 1), b"b").unwrap();
        assert_eq!(
            archive.get(&capture.digest).unwrap(),
            b"b",
            "cut at {length}"
        );
        assert!(archive.verify().unwrap().is_sound(), "cut at {length}");
    }
}

#[test]
fn damage_in_the_middle_costs_one_record_and_cuts_off_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let archive = Archive::open(dir.path()).unwrap();
    let mut ends = Vec::new();
    for (minute, path) in ["a", "b", "c"].iter().enumerate() {
        archive
            .append(&exchange(path, 200, minute as i64), path.as_bytes())
            .unwrap();
        ends.push(archive.counts().unwrap().warc_bytes);
    }
    let lost = record::digest_of(b"b");
    let length = ends[2];
    drop(archive);
    let file = only_file(dir.path());
    let mut bytes = fs::read(&file).unwrap();
    bytes[ends[0] as usize + 100] ^= 0x55;
    fs::write(&file, &bytes).unwrap();

    let archive = Archive::open(dir.path()).unwrap();
    assert!(matches!(
        archive.get(&lost),
        Err(Error::DamagedRecord { .. })
    ));
    let report = archive.verify().unwrap();
    let damaged_files = report
        .damages
        .iter()
        .filter(|damage| matches!(damage, Damage::File(_)));
    assert_eq!(damaged_files.count(), 1, "{report:?}");
    assert!(
        report.damages.iter().any(
            |damage| matches!(damage, Damage::OnlyInCatalog { digest, .. } if *digest == lost)
        ),
        "{report:?}"
    );

    let found = archive.rebuild_catalog().unwrap();
    assert!(
        found
            .iter()
            .any(|repair| matches!(repair, Repair::Damaged { .. })),
        "{found:?}"
    );
    let left: Vec<_> = all(&archive)
        .into_iter()
        .map(|entry| entry.capture.url.path().to_owned())
        .collect();
    assert_eq!(left, ["/a", "/c"]);
    assert_eq!(fs::metadata(&file).unwrap().len(), length);
    assert!(matches!(archive.get(&lost), Err(Error::UnknownDigest(_))));
}

#[test]
fn a_lost_file_is_named_and_only_an_explicit_rebuild_goes_on_without_it() {
    let dir = tempfile::tempdir().unwrap();
    let archive = Archive::open_with(
        dir.path(),
        Config {
            max_file_bytes: 1,
            commit_every: 1,
        },
    )
    .unwrap();
    for (minute, path) in ["a", "b"].iter().enumerate() {
        archive
            .append(&exchange(path, 200, minute as i64), path.as_bytes())
            .unwrap();
    }
    drop(archive);
    let files = warc_writer::warc_files(dir.path()).unwrap();
    fs::remove_file(dir.path().join(&files[0])).unwrap();
    match Archive::open(dir.path()) {
        Err(Error::Shortened {
            path,
            found_bytes: 0,
            ..
        }) => assert_eq!(path, dir.path().join(&files[0])),
        other => panic!("{other:?}"),
    }
    let archive = Archive::open_rebuilding(dir.path()).unwrap();
    assert_eq!(all(&archive).len(), 1);
    assert!(archive.verify().unwrap().is_sound());
}

#[test]
fn a_sound_archive_verifies_and_counts_what_it_holds() {
    let dir = tempfile::tempdir().unwrap();
    let archive = Archive::open(dir.path()).unwrap();
    fill(&archive);
    let report = archive.verify().unwrap();
    assert_eq!(report.damages, []);
    assert_eq!(
        report.counts,
        Counts {
            files: 1,
            captures: 4,
            payloads: 2,
            runs: 1,
            warc_bytes: fs::metadata(only_file(dir.path())).unwrap().len()
        }
    );
}

#[test]
fn a_disk_that_refuses_is_an_error_and_leaves_no_half_record() {
    let dir = tempfile::tempdir().unwrap();
    let archive = Archive::open_with(
        dir.path(),
        Config {
            max_file_bytes: 1,
            commit_every: 1,
        },
    )
    .unwrap();
    archive.append(&exchange("a", 200, 0), b"a").unwrap();
    // The next file cannot be begun, because its name is taken.
    let next = dir.path().join("laendersache-20261122030100-00002.warc.gz");
    fs::create_dir(&next).unwrap();
    let result = archive.append(&exchange("b", 200, 1), b"b");
    assert!(matches!(result, Err(Error::Io { .. })), "{result:?}");
    let result = archive.append(&exchange("c", 200, 2), b"c");
    assert!(matches!(result, Err(Error::Poisoned { .. })), "{result:?}");
    drop(archive);
    fs::remove_dir(&next).unwrap();
    let archive = Archive::open(dir.path()).unwrap();
    archive.append(&exchange("b", 200, 1), b"b").unwrap();
    assert_eq!(all(&archive).len(), 2);
    assert!(archive.verify().unwrap().is_sound());
}
