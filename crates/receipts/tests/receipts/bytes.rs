//! What is written for a printer is read back by what shares nothing with it.

use receipts::{CodePage, Document, Roll, escpos, paper};

use super::slip;

fn printed(document: &Document, roll: Roll, page: CodePage) -> paper::Paper {
    let paper = paper::print(&escpos::render(document, roll, page).unwrap(), roll);
    assert!(
        paper.unknown.is_empty(),
        "a printer knows each command: {:02X?}",
        paper.unknown
    );
    paper
}

#[test]
fn a_slip_comes_out_as_it_was_meant_on_both_papers() {
    let narrow = printed(&slip(), Roll::Narrow, CodePage::Pc437);
    let rows: Vec<&str> = narrow.text.lines().collect();
    assert_eq!(
        rows[..2],
        ["Mama Njeri", "Stores"],
        "a large name breaks between words"
    );
    assert!(
        rows.contains(&"Cash                     KSh 500"),
        "32 characters, money at the right edge: {rows:?}"
    );
    assert!(rows.contains(&"  Change KSh 100"), "what is set in stays set in");
    assert!(rows.contains(&"[A10041K 1250]"), "the square code holds its text");
    assert_eq!((narrow.cuts, narrow.kicks), (1, 0), "cut once, and no drawer");

    let wide = printed(&slip(), Roll::Wide, CodePage::Pc437);
    let row = wide.text.lines().find(|row| row.starts_with("Cash")).unwrap();
    assert_eq!(row.chars().count(), 48, "the whole width of wide paper: {row}");
}

#[test]
fn a_figure_is_twice_as_large_and_ends_at_the_edge() {
    let document = Document::new().figure("Total", "KSh 1,250");
    let paper = printed(&document, Roll::Narrow, CodePage::Pc437);
    assert_eq!(paper.picture.height(), 48, "two rows high, on one line");
    let rightmost = (0..paper.picture.width)
        .rev()
        .find(|x| (0..48).any(|y| paper.picture.is_black(*x, y)))
        .unwrap();
    assert!(
        rightmost > 384 - 24,
        "the last digit touches the edge: {rightmost}"
    );
    assert!(
        (0..24).any(|y| (60..360).any(|x| paper.picture.is_black(x, y)))
            && !(0..24).any(|y| (0..60).any(|x| paper.picture.is_black(x, y))),
        "the name stands on the foot of the large figure"
    );
}

#[test]
fn letters_beyond_ascii_are_those_of_the_page() {
    let document = Document::new().text("Café “Wanjikũ” – ndizi");
    for page in [CodePage::Pc437, CodePage::Pc850, CodePage::Wpc1252] {
        let paper = printed(&document, Roll::Wide, page);
        assert!(paper.text.starts_with("Café "), "{page:?}: {}", paper.text);
        assert!(
            paper.text.contains("Wanjik?"),
            "no page has this letter: {}",
            paper.text
        );
    }
    let plain = printed(&document, Roll::Wide, CodePage::Pc437);
    assert!(
        plain.text.contains("\"Wanjik?\" - ndizi"),
        "the likest sign: {}",
        plain.text
    );
}

#[test]
fn text_commands_nothing() {
    let document = Document::new().text("\u{1b}p\u{0}\u{19}\u{fa} \u{1d}V\u{0}");
    let paper = printed(&document, Roll::Wide, CodePage::Pc437);
    assert_eq!((paper.kicks, paper.cuts), (0, 0), "a shop's name opens no drawer");
}

#[test]
fn a_kick_opens_the_drawer_and_prints_nothing() {
    let paper = paper::print(&escpos::kick(), Roll::Wide);
    assert_eq!((paper.kicks, paper.cuts), (1, 0), "one pulse");
    assert_eq!(paper.picture.height(), 0, "no paper");
    assert!(paper.unknown.is_empty(), "and nothing else");
}

#[test]
fn the_picture_is_a_png_as_wide_as_the_paper() {
    let paper = printed(&slip(), Roll::Narrow, CodePage::Pc437);
    let png = paper.picture.png().unwrap();
    let reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    assert_eq!(reader.info().width, 384 + 48, "the paper with its edges");
}

#[test]
fn what_no_square_code_can_hold_is_said() {
    let document = Document::new().square("x".repeat(10_000));
    assert!(
        escpos::render(&document, Roll::Wide, CodePage::Pc437).is_err(),
        "rather than a slip without its code"
    );
}

#[test]
fn a_camera_reads_the_square_code_off_the_paper() {
    let text = format!("KESHIA Z12 4321:{}", "9F86D081884C7D65".repeat(4));
    for roll in [Roll::Narrow, Roll::Wide] {
        let document = Document::new().text("above").square(&text).text("below").cut();
        let picture = printed(&document, roll, CodePage::Pc437).picture;
        let mut seen =
            rqrr::PreparedImage::prepare_from_greyscale(picture.width, picture.height(), |x, y| {
                if picture.is_black(x, y) { 0 } else { 255 }
            });
        let read: Vec<String> = seen
            .detect_grids()
            .iter()
            .map(|grid| grid.decode().unwrap().1)
            .collect();
        assert_eq!(
            read,
            std::slice::from_ref(&text),
            "one code, whole, on {roll:?} paper"
        );
    }
}
