//! tmp
use laendersache_analysis::*;
use std::collections::BTreeMap;
fn main() {
    let a = Analyzer::german();
    let st = frostem::Stemmer::new(frostem::Algorithm::German);
    let mut g: BTreeMap<String, BTreeMap<String, Vec<String>>> = BTreeMap::new();
    for l in std::fs::read_to_string(std::env::args().nth(1).unwrap())
        .unwrap()
        .lines()
    {
        let (w, c) = l.split_once('\t').unwrap();
        if c.parse::<u64>().unwrap() < 60 || !w.chars().all(char::is_alphabetic) {
            continue;
        }
        let t = a.terms(w);
        let s = t
            .iter()
            .find(|t| t.layer == Layer::Stem)
            .unwrap()
            .text
            .clone();
        g.entry(st.stem(w).into_owned())
            .or_default()
            .entry(s)
            .or_default()
            .push(w.to_owned());
    }
    let n = g.len();
    let bad: Vec<_> = g.iter().filter(|(_, v)| v.len() > 1).collect();
    println!("{} groups {} differ", n, bad.len());
    for (_, v) in bad {
        println!("{:?}", v);
    }
}
