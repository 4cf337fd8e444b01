//! Rules of `robots.txt`, one by one and against another reader of them.

use super::*;

const TOKEN: &str = "laendersache";

fn allows(file: &str, path: &str) -> bool {
    let url = Url::parse("https://www.intmk.example")
        .unwrap()
        .join(path)
        .unwrap();
    Robots::Rules(Rules::parse(file.as_bytes(), TOKEN)).allows(&url)
}

fn check(file: &str, expected: &[(&str, bool)]) {
    for (path, allowed) in expected {
        assert_eq!(allows(file, path), *allowed, "{path} by\n{file}");
    }
}

#[test]
fn without_a_group_for_us_everything_is_allowed() {
    check("", &[("/", true)]);
    check("User-agent: other\nDisallow: /", &[("/a", true)]);
    check("Disallow: /", &[("/a", true)]);
    check("<html>nicht gefunden</html>", &[("/a", true)]);
}

#[test]
fn the_group_with_our_name_replaces_the_one_for_all() {
    let file = "User-agent: *\nDisallow: /\n\nUser-agent: Laendersache\nDisallow: /intern/\n";
    check(
        file,
        &[("/a", true), ("/intern/a", false), ("/intern", true)],
    );
    check(
        "User-agent: laendersache/1.0\nDisallow: /",
        &[("/a", false)],
    );
    check("User-agent: laendersachebot\nDisallow: /", &[("/a", true)]);
    check(
        "User-agent: *\nDisallow: /\nUser-agent: laendersache\nDisallow:",
        &[("/a", true)],
    );
}

#[test]
fn agents_in_a_row_share_rules_and_groups_of_one_name_are_joined() {
    let file = "User-agent: laendersache\nUser-agent: other\nDisallow: /a\n\
                User-agent: third\nDisallow: /b\nUser-agent: LAENDERSACHE\nDisallow: /c";
    check(file, &[("/a", false), ("/b", true), ("/c", false)]);
}

#[test]
fn the_longest_pattern_decides_and_allow_wins_a_tie() {
    let file = "User-agent: *\nDisallow: /\nAllow: /Beschluesse\nDisallow: /Beschluesse/intern\nAllow: /x\nDisallow: /x";
    check(
        file,
        &[
            ("/a", false),
            ("/Beschluesse/1.pdf", true),
            ("/Beschluesse/intern/1", false),
            ("/x", true),
        ],
    );
}

#[test]
fn stars_and_dollars_are_patterns() {
    let file =
        "User-agent: *\nDisallow: */search\nDisallow: /*.php$\nDisallow: /a*b*c\nDisallow: /end$";
    check(
        file,
        &[
            ("/de/search?q=1", false),
            ("/index.php", false),
            ("/index.php?x", true),
            ("/a-b-b-c-d", false),
            ("/a-c-b", true),
            ("/end", false),
            ("/endlich", true),
        ],
    );
}

#[test]
fn escapes_are_compared_in_one_spelling() {
    check(
        "User-agent: *\nDisallow: /Beschlüsse",
        &[("/Beschl%c3%bcsse/1", false), ("/Beschlüsse", false)],
    );
    check(
        "User-agent: *\nDisallow: /%7Eintern",
        &[("/~intern", false)],
    );
    check(
        "User-agent: *\nDisallow: /a%2fb",
        &[("/a%2Fb", false), ("/a/b", true)],
    );
}

#[test]
fn line_ends_comments_and_marks_do_no_harm() {
    check(
        "\u{feff}User-agent: * # all\r\rDisallow:/a#b\r\n",
        &[("/a", false), ("/b", true)],
    );
    check("user-AGENT : *\nDISALLOW : /a", &[("/a", false)]);
    check(
        "User-agent: *\nSitemap: https://x.example/s.xml\nUnknown: 1\nDisallow: /a",
        &[("/a", false)],
    );
}

#[test]
fn the_query_is_part_of_what_is_compared() {
    check(
        "User-agent: *\nDisallow: /*?newsID=",
        &[("/a.html?newsID=3", false), ("/a.html", true)],
    );
}

#[test]
fn a_crawl_delay_is_honoured_within_reason() {
    let delay = |file: &str| Robots::Rules(Rules::parse(file.as_bytes(), TOKEN)).crawl_delay();
    assert_eq!(
        delay("User-agent: *\nCrawl-delay: 2.5"),
        Duration::from_millis(2_500)
    );
    assert_eq!(
        delay("User-agent: *\nCrawl-delay: 86400"),
        Duration::from_secs(60)
    );
    for value in ["-1", "NaN", "inf", "bald"] {
        assert_eq!(
            delay(&format!("User-agent: *\nCrawl-delay: {value}")),
            Duration::ZERO,
            "{value}"
        );
    }
}

#[test]
fn sitemaps_are_found_wherever_they_stand() {
    let rules = Rules::parse(
        b"Sitemap: https://a.example/1.xml\nUser-agent: x\nDisallow: /\nsitemap:/2.xml",
        TOKEN,
    );
    assert_eq!(rules.sitemaps, ["https://a.example/1.xml", "/2.xml"]);
}

#[test]
fn at_least_500_kibibytes_are_read() {
    let filler = "# nothing to see here\n".repeat(500 * 1024 / 22);
    check(
        &format!("{filler}User-agent: *\nDisallow: /a"),
        &[("/a", false)],
    );
    let rules = Rules::parse(&vec![b'*'; 50 << 20], TOKEN);
    assert_eq!(rules, Rules::default());
}

#[test]
fn an_unreachable_file_forbids_everything_and_an_absent_one_nothing() {
    let url = |path: &str| Url::parse(&format!("http://a.example{path}")).unwrap();
    assert!(Robots::Absent.allows(&url("/a")));
    assert!(!Robots::Unreachable.allows(&url("/a")));
    assert!(Robots::Unreachable.allows(&url("/robots.txt")));
    assert!(allows("User-agent: *\nDisallow: /", "/robots.txt"));
}

#[test]
fn a_pattern_full_of_stars_does_not_take_for_ever() {
    let pattern = format!("/{}b", "a*".repeat(2_000));
    let path = format!("/{}", "a".repeat(20_000));
    check(
        &format!("User-agent: *\nDisallow: {pattern}"),
        &[(path.as_str(), true)],
    );
}

proptest::proptest! {
    /// The other reader is right about plain files; where the two differ, this crate follows the RFC's text.
    #[test]
    fn plain_files_are_read_as_another_reader_reads_them(
        rules in proptest::collection::vec(("(Allow|Disallow)", "/[a-c/]{0,4}[*]?[a-c]{0,2}[$]?"), 0..6),
        ours in proptest::bool::ANY,
        path in "/[a-c/]{0,8}",
    ) {
        let agent = if ours { TOKEN } else { "*" };
        let mut file = format!("User-agent: other\nDisallow: /\n\nUser-agent: {agent}\n");
        for (verb, pattern) in &rules {
            file.push_str(&format!("{verb}: {pattern}\n"));
        }
        let oracle = texting_robots::Robot::new(TOKEN, file.as_bytes()).unwrap();
        // Two slashes in a row would be a host.
        let url = format!("https://www.intmk.example{}", path.replace("//", "/"));
        let expected = oracle.allowed(&url);
        let found = Robots::Rules(Rules::parse(file.as_bytes(), TOKEN)).allows(&Url::parse(&url).unwrap());
        proptest::prop_assert_eq!(found, expected, "{} by\n{}", url, file);
    }
}
