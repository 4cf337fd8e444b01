//! Sites are asked at night, and so much a day; what remains comes the next night.

use super::*;

#[tokio::test]
async fn by_day_nothing_is_asked() {
    let mut world = listing(3).await;
    world.config.night = Some("22:00-02:30 UTC".parse().unwrap());
    let report = world.crawl().await;
    assert_eq!(report.stopped, Some(StopReason::NightOver));
    assert!(world.log().is_empty());
    assert!(report.alarms().is_empty(), "{:?}", report.alarms());
    assert!(world.runs().is_empty());
    world.now -= SignedDuration::from_hours(1);
    assert_eq!(world.crawl().await.stopped, None);
}

#[tokio::test]
async fn a_run_stops_when_the_night_is_over_and_goes_on_the_next_night() {
    let mut world = listing(12).await;
    world.config.night = Some("22:00-03:30 UTC".parse().unwrap());
    world.config.delay = Duration::from_millis(60);
    world.now = "2026-11-22T03:29:59.700Z".parse().unwrap();
    let first_begin = world.now;
    let report = world.crawl().await;
    assert_eq!(report.stopped, Some(StopReason::NightOver));
    let first = world.asked();
    assert!((2..=6).contains(&first.len()), "{first:?}");
    world.config.delay = Duration::ZERO;
    world.now -= SignedDuration::from_hours(1);
    let report = world.crawl().await;
    assert_eq!(report.stopped, None);
    assert_eq!(report.continues, Some(first_begin));
    assert_eq!(first.len() + world.asked().len(), 13, "{first:?}");
    assert_eq!(report.counts.new as usize, 13 - first.len());
    assert_eq!(report.counts.documents_seen, 12);
    assert_eq!(world.crawl().await.continues, None);
    assert_eq!(world.asked().len(), 13, "and then all is asked for anew");
}

#[tokio::test]
async fn a_site_that_is_too_large_for_a_day_is_walked_on_several_days() {
    let mut world = listing(12).await;
    world.config.daily_requests = 5;
    let begin = world.now;
    let mut asked = Vec::new();
    let mut new = Vec::new();
    let mut killed = false;
    while new.len() < 9 {
        if new.len() == 1 && !killed {
            killed = true;
            world.crawl_and_die_after(2).await;
            asked.extend(world.asked());
        }
        let report = world.crawl().await;
        asked.extend(world.asked());
        new.push(report.counts.new);
        if report.stopped.is_none() {
            assert_eq!(report.continues, Some(begin));
            assert_eq!(report.counts.documents_seen, 12);
            break;
        }
    }
    assert_eq!(asked.len(), 13, "each once: {asked:?}");
    assert_eq!(new.iter().sum::<u64>(), 13, "each told once: {new:?}");
    assert!(new.len() >= 3, "{new:?}");
}

#[tokio::test]
async fn the_bytes_of_a_day_are_limited_too() {
    let mut world = listing(12).await;
    world.config.daily_bytes = 300;
    let report = world.crawl().await;
    assert_eq!(report.stopped, Some(StopReason::DailyBudget));
    assert!(world.asked().len() < 12);
    let read = report.counts.received_bytes;
    assert!((300..600).contains(&read), "{read}");
}
