//! Order, pages and excerpts of hits.

use super::{ids, request, search, searcher};
use crate::{Results, SearchRequest, Sort};

fn sorted(query: &str, sort: Sort) -> Results {
    let request = SearchRequest {
        sort,
        ..request(query)
    };
    searcher().search(&request).expect("the index can be read")
}

#[test]
fn the_title_counts_more_than_the_text() {
    assert_eq!(ids(&search("Sprachkurse"))[0], "intmk/13/top/2.7");
}

#[test]
fn the_same_word_counts_more_than_a_part_of_a_compound_in_the_same_field() {
    let results = search("Kurs");
    let expected = [
        "intmk/13/top/2.7",
        "intmk/14/top/1.1",
        "intmk/2020/umlauf/4",
        "intmk/14/top/1.2",
    ];
    assert_eq!(ids(&results), expected);
    let scores: Vec<f32> = results.hits.iter().map(|hit| hit.score).collect();
    assert!(
        scores.windows(2).all(|pair| pair[0] >= pair[1]),
        "{scores:?}"
    );
}

#[test]
fn hits_can_be_sorted_by_date_both_ways() {
    let newest = sorted("Sprachkurse", Sort::Newest);
    assert_eq!(
        ids(&newest),
        [
            "intmk/2020/umlauf/4",
            "intmk/14/top/1.2",
            "intmk/13/top/2.7"
        ]
    );
    let oldest = sorted("Sprachkurse", Sort::Oldest);
    assert_eq!(
        ids(&oldest),
        [
            "intmk/13/top/2.7",
            "intmk/14/top/1.2",
            "intmk/2020/umlauf/4"
        ]
    );
}

#[test]
fn ties_stand_newest_first_and_in_the_order_of_the_agenda() {
    let all = search("");
    let expected = [
        "gmk/98/top/5.1",
        "intmk/18/top/3",
        "intmk/18/top/4",
        "intmk/2020/umlauf/4",
        "intmk/14/top/1.1",
        "intmk/14/top/1.2",
        "intmk/13/top/2.7",
        "intmk/13/top/2.9",
        "intmk/13/top/2.10",
    ];
    assert_eq!(ids(&all), expected);
}

#[test]
fn pages_together_are_the_whole_list() {
    for (query, sort) in [
        ("", Sort::Relevance),
        ("Sprachkurse ODER Bund", Sort::Relevance),
        ("", Sort::Oldest),
    ] {
        let whole = sorted(query, sort);
        let mut paged = Vec::new();
        for offset in (0..whole.total as usize + 2).step_by(2) {
            let request = SearchRequest {
                offset,
                size: 2,
                sort,
                ..request(query)
            };
            let page = searcher().search(&request).expect("the index can be read");
            assert_eq!(page.total, whole.total);
            paged.extend(page.hits.into_iter().map(|hit| hit.id));
        }
        assert_eq!(paged, ids(&whole), "{query}");
    }
}

#[test]
fn a_page_beyond_the_end_is_empty_and_counts_all_the_same() {
    let request = SearchRequest {
        offset: usize::MAX,
        ..request("Sprachkurse")
    };
    let results = searcher().search(&request).expect("the index can be read");
    assert_eq!((results.total, results.hits.len()), (3, 0));
    let request = SearchRequest { size: 0, ..request };
    assert_eq!(
        searcher()
            .search(&request)
            .expect("the index can be read")
            .total,
        3
    );
}

#[test]
fn a_hit_knows_its_meeting_and_shows_why_it_matched() {
    let results = search("Integrationskurse Frauen");
    let hit = &results.hits[0];
    assert_eq!(
        hit.meeting.as_ref().map(ToString::to_string).as_deref(),
        Some("intmk/13")
    );
    assert_eq!(
        hit.label.as_ref().map(|label| label.0.as_str()),
        Some("2.7")
    );
    let title = &hit.title;
    assert_eq!(
        title
            .marks
            .iter()
            .map(|mark| &title.text[mark.clone()])
            .collect::<Vec<_>>(),
        ["Frauen"]
    );
    let snippet = &hit.snippets[0];
    assert_eq!((snippet.paragraph, snippet.page), (1, 18));
    let marked = snippet
        .text
        .marks
        .iter()
        .map(|mark| &snippet.text.text[mark.clone()]);
    assert_eq!(marked.collect::<Vec<_>>(), ["Integrationskurse"]);
}

#[test]
fn excluded_words_are_not_marked() {
    let results = search("Wohnsitzauflage -Beratung");
    let marked = results.hits[0].snippets[0].text.marks.len();
    assert_eq!(marked, 1);
}

#[test]
fn the_same_search_gives_the_same_answer() {
    for query in ["", "Sprachkurse", "Bund ODER Kurs"] {
        assert_eq!(search(query), search(query), "{query}");
    }
}

#[test]
fn judged_queries_are_measured() {
    let queries =
        "{\"_id\": \"1\", \"text\": \"Ehrenamt\"}\n{\"_id\": \"2\", \"text\": \"Sprachkurse\"}";
    let judgements = "1\tintmk/14/top/1.1\t1\n2\tintmk/14/top/1.2\t1\n";
    let judged = crate::eval::judged_queries(queries.as_bytes(), judgements.as_bytes());
    let measures = crate::eval::evaluate(searcher(), &judged.expect("valid files"));
    let measures = measures.expect("the index can be read");
    assert_eq!((measures.queries, measures.recall_at_100), (2, 1.0));
    assert!(measures.mrr > 0.5 && measures.mrr < 1.0, "{measures:?}");
}
