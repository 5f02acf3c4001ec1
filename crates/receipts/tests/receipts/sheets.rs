//! Text and PDF.

use receipts::{Document, pdf, text};

use super::slip;

#[test]
fn text_keeps_its_shape_in_a_message() {
    let text = text::render(&slip());
    assert!(text.contains("MAMA NJERI STORES"), "{text}");
    assert!(
        text.contains("** COPY **"),
        "what must not be missed is not: {text}"
    );
    assert!(text.contains("Total                  KSh 1,250"), "{text}");
    assert!(
        text.lines().all(|line| line.chars().count() <= 32),
        "as wide as narrow paper: {text}"
    );
    assert!(!text.ends_with("\n\n"), "no empty end");
}

#[test]
fn a_slip_is_one_page_and_a_report_as_many_as_it_takes() {
    let long = (0..120).fold(Document::new().heading("Day"), |day, n| {
        day.pair(format!("Sale {n}"), "KSh 1,250")
    });
    let pages = |pdf: &[u8]| {
        pdf.windows(10)
            .filter(|at| at == b"/Type/Page" || at == b"/Type /Pag")
            .count()
    };
    let slip = pdf::render(&slip(), pdf::Sheet::Slip, "Receipt").unwrap();
    assert!(slip.starts_with(b"%PDF-"), "a PDF");
    assert!(
        slip.len() < 60_000,
        "with the letters that it uses only: {}",
        slip.len()
    );
    let one = pages(&slip);
    let many = pages(&pdf::render(&long, pdf::Sheet::A4, "Day").unwrap());
    assert!(many > one, "a long report goes on: {many} and {one}");
    assert_eq!(
        pdf::render(&long, pdf::Sheet::A4, "Day").unwrap(),
        pdf::render(&long, pdf::Sheet::A4, "Day").unwrap(),
        "the same report is the same file"
    );
}
