//! The addresses that are still to be asked for, and those that were met already.

use std::{
    collections::{HashSet, VecDeque},
    hash::{BuildHasher, RandomState},
    sync::Arc,
};

use url::Url;

/// One address to be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    /// The address as it was linked.
    pub(crate) url: Url,
    /// How many links away from a seed.
    pub(crate) depth: u32,
    /// The page on which the link stood.
    pub(crate) linked_from: Option<Arc<Url>>,
}

/// First come, first served; every canonical address once in a run.
#[derive(Debug, Default)]
pub(crate) struct Frontier {
    queue: VecDeque<Waiting>,
    /// Hashes in place of addresses: eight bytes each, and two of a million are the same once in ten million runs.
    met: HashSet<u64>,
    hasher: RandomState,
}

/// A step in little memory.
#[derive(Debug)]
struct Waiting {
    url: Box<str>,
    depth: u32,
    linked_from: Option<Arc<Url>>,
}

impl Frontier {
    /// Notes that an address was met; false if it was before.
    pub(crate) fn meet(&mut self, canonical: &Url) -> bool {
        let hash = self.hasher.hash_one(canonical.as_str());
        self.met.insert(hash)
    }

    /// Adds an address at the end.
    pub(crate) fn push(&mut self, step: Step) {
        self.queue.push_back(Waiting {
            url: step.url.as_str().into(),
            depth: step.depth,
            linked_from: step.linked_from,
        });
    }

    /// Takes the address at the front.
    pub(crate) fn pop(&mut self) -> Option<Step> {
        let waiting = self.queue.pop_front()?;
        let url = Url::parse(&waiting.url).expect("written by `Url`, so read by it");
        Some(Step {
            url,
            depth: waiting.depth,
            linked_from: waiting.linked_from,
        })
    }

    /// Returns how many addresses wait.
    pub(crate) fn waiting(&self) -> usize {
        self.queue.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(url: &str) -> Step {
        Step {
            url: Url::parse(url).unwrap(),
            depth: 1,
            linked_from: None,
        }
    }

    #[test]
    fn addresses_come_out_in_the_order_in_which_they_went_in() {
        let mut frontier = Frontier::default();
        let steps = ["http://a.example/1", "http://a.example/2#x"].map(step);
        steps.iter().for_each(|step| frontier.push(step.clone()));
        assert_eq!(frontier.waiting(), 2);
        assert_eq!([frontier.pop(), frontier.pop()], steps.map(Some));
        assert_eq!(frontier.pop(), None);
    }

    #[test]
    fn an_address_is_met_once() {
        let mut frontier = Frontier::default();
        let url = Url::parse("http://a.example/").unwrap();
        assert!(frontier.meet(&url));
        assert!(!frontier.meet(&url));
    }

    /// Memory of this process in bytes, as Linux tells it.
    #[cfg(target_os = "linux")]
    fn resident_bytes() -> u64 {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().nth(1));
        kilobytes
            .and_then(|number| number.parse::<u64>().ok())
            .unwrap()
            * 1_024
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_million_addresses_wait_in_less_than_500_megabytes() {
        let before = resident_bytes();
        let mut frontier = Frontier::default();
        let page = Arc::new(Url::parse("http://www.intmk.example/liste.html").unwrap());
        for number in 0..1_000_000_u32 {
            let url = format!("http://www.intmk.example/MedienPresse-Archiv.html?newsID={number}");
            let mut step = step(&url);
            step.linked_from = Some(Arc::clone(&page));
            assert!(frontier.meet(&step.url));
            frontier.push(step);
        }
        let grown = resident_bytes().saturating_sub(before);
        println!(
            "{} bytes for each of a million addresses",
            grown / 1_000_000
        );
        assert!(grown < 500_000_000, "{grown}");
        assert_eq!(frontier.waiting(), 1_000_000);
    }
}
