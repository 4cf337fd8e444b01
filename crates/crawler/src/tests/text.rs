//! A page has changed when its text has, not when the box beside it has.

use super::*;

fn with_chair(text: &str, chair: &str) -> Reply {
    page(&format!(
        "<html><nav>Start</nav><main><h1>Presse</h1><p>{text}</main>\
         <aside>Vorsitz: <a href=vorsitz.html>{chair}</a></aside></html>"
    ))
}

#[tokio::test]
async fn a_new_box_is_kept_and_makes_no_event() {
    let mut world = World::new(&[("/start.html", with_chair("Göttingen", "NI"))]).await;
    world.crawl().await;
    world.set("/start.html", with_chair("Göttingen", "NW"));
    let report = world.crawl().await;
    assert_eq!((report.counts.same_text, report.counts.changed), (1, 0));
    assert_eq!(report.events, []);
    let history = world.archive.history(&url("/start.html")).unwrap();
    assert_eq!(history.len(), 2);
    assert_ne!(history[0].capture.digest, history[1].capture.digest);
    assert!(world.asked().contains(&"/vorsitz.html".to_owned()));
}

#[tokio::test]
async fn a_new_word_in_the_text_is_an_event() {
    let mut world = World::new(&[("/start.html", with_chair("Göttingen", "NI"))]).await;
    world.crawl().await;
    world.set("/start.html", with_chair("Essen", "NI"));
    let report = world.crawl().await;
    assert_eq!((report.counts.same_text, report.counts.changed), (0, 1));
    assert!(
        matches!(report.events[..], [Event::Changed { .. }]),
        "{:?}",
        report.events
    );
}

#[tokio::test]
async fn a_document_has_changed_with_its_first_byte() {
    let mut world = listing(1).await;
    world.crawl().await;
    world.set("/1.pdf", pdf("Protokoll 1 "));
    let counts = world.crawl().await.counts;
    assert_eq!((counts.same_text, counts.changed), (0, 1));
}
