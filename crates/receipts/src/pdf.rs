//! A slip, or a report, as a PDF: in Inter, with figures that stand under each other.

use std::sync::Arc;

use krilla::color::luma;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Face, Feature, UnicodeBuffer, ttf_parser::Tag};

use crate::document::{Align, Document, Line, Weight};
use crate::lay_out::indent;

/// The sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// 80 mm wide and as long as the slip: one page.
    Slip,
    /// As many pages of A4 as it takes: what a shop files.
    A4,
}

/// What keeps a PDF from being made; never the text.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the PDF could not be made: {0}")]
pub struct PdfError(String);

/// The PDF of a document; `title` is what a viewer shows for it.
///
/// # Errors
/// The library's, which would be a mistake of this program.
pub fn render(document: &Document, sheet: Sheet, title: &str) -> Result<Vec<u8>, PdfError> {
    let page = Page::of(sheet);
    let faces = Faces::new()?;
    let blocks: Vec<Block> = document
        .lines
        .iter()
        .flat_map(|line| block(line, &page, &faces))
        .collect();
    let pages = page.fill(blocks);
    let mut pdf = krilla::Document::new();
    pdf.set_metadata(krilla::metadata::Metadata::new().title(title.to_owned()));
    for blocks in pages {
        let used: i32 = blocks.iter().map(|block| block.height).sum();
        let height = page.height.unwrap_or(used + 2 * page.margin);
        let settings = PageSettings::from_wh(pt(page.width), pt(height))
            .ok_or_else(|| PdfError("a page without size".to_owned()))?;
        let mut sheet = pdf.start_page_with(settings);
        let mut surface = sheet.surface();
        let mut top = page.margin;
        for block in &blocks {
            for mark in &block.marks {
                mark.draw(&mut surface, &faces, page.margin, top);
            }
            top += block.height;
        }
        surface.finish();
        sheet.finish();
    }
    pdf.finish().map_err(|error| PdfError(format!("{error:?}")))
}

/// Sizes are hundredths of a point, a 72nd of an inch.
struct Page {
    width: i32,
    /// `None`: as long as what stands on it.
    height: Option<i32>,
    margin: i32,
    /// The size of usual letters.
    letters: i32,
}

impl Page {
    const fn of(sheet: Sheet) -> Self {
        match sheet {
            Sheet::Slip => Self {
                width: 22_677,
                height: None,
                margin: 1_700,
                letters: 900,
            },
            Sheet::A4 => Self {
                width: 59_528,
                height: Some(84_189),
                margin: 7_000,
                letters: 1_050,
            },
        }
    }

    const fn inner(&self) -> i32 {
        self.width - 2 * self.margin
    }

    fn fill(&self, blocks: Vec<Block>) -> Vec<Vec<Block>> {
        let room = self.height.map(|height| height - 2 * self.margin);
        let mut pages = vec![Vec::new()];
        let mut used = 0;
        for block in blocks {
            if room.is_some_and(|room| used + block.height > room) && used > 0 {
                pages.push(Vec::new());
                used = 0;
            }
            used += block.height;
            if let Some(page) = pages.last_mut() {
                page.push(block);
            }
        }
        pages
    }
}

struct Faces {
    regular: (Font, Face<'static>),
    bold: (Font, Face<'static>),
}

const REGULAR: &[u8] = include_bytes!("../fonts/Inter-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../fonts/Inter-Bold.ttf");

impl Faces {
    fn new() -> Result<Self, PdfError> {
        let load = |data: &'static [u8]| {
            let shared: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(data);
            Font::new(shared.into(), 0)
                .zip(Face::from_slice(data, 0))
                .ok_or_else(|| PdfError("its typeface cannot be read".to_owned()))
        };
        Ok(Self {
            regular: load(REGULAR)?,
            bold: load(BOLD)?,
        })
    }

    const fn of(&self, weight: Weight) -> &(Font, Face<'static>) {
        match weight {
            Weight::Plain => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    /// The letters' shapes, and how wide they are together at `size`.
    fn shape(&self, text: &str, weight: Weight, size: i32) -> (Vec<KrillaGlyph>, i32) {
        let (_, face) = self.of(weight);
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let figures = Feature::new(Tag::from_bytes(b"tnum"), 1, ..);
        let shaped = rustybuzz::shape(face, &[figures], buffer);
        let em = face.units_per_em();
        let starts: Vec<usize> = shaped
            .glyph_infos()
            .iter()
            .map(|info| usize::try_from(info.cluster).unwrap_or(0))
            .collect();
        let glyphs = shaped
            .glyph_infos()
            .iter()
            .zip(shaped.glyph_positions())
            .zip(&starts)
            .map(|((info, place), start)| {
                let end = starts.iter().copied().filter(|other| other > start).min();
                KrillaGlyph::new(
                    GlyphId::new(info.glyph_id),
                    ratio(place.x_advance, em),
                    ratio(place.x_offset, em),
                    ratio(place.y_offset, em),
                    ratio(place.y_advance, em),
                    *start..end.unwrap_or(text.len()),
                    None,
                )
            })
            .collect();
        let advance: i32 = shaped.glyph_positions().iter().map(|place| place.x_advance).sum();
        (glyphs, advance.saturating_mul(size) / em.max(1))
    }

    fn width(&self, text: &str, weight: Weight, size: i32) -> i32 {
        self.shape(text, weight, size).1
    }

    /// Breaks words into rows of at most `room`.
    fn wrap(&self, text: &str, weight: Weight, size: i32, room: i32) -> Vec<String> {
        let mut rows = Vec::new();
        for line in text.lines() {
            let indent = indent(line);
            let mut row = String::new();
            for word in line.split_whitespace() {
                let longer = if row.is_empty() {
                    format!("{indent}{word}")
                } else {
                    format!("{row} {word}")
                };
                if self.width(&longer, weight, size) <= room {
                    row = longer;
                    continue;
                }
                if !row.is_empty() {
                    rows.push(std::mem::take(&mut row));
                }
                // A word that is wider than the sheet goes on below.
                for letter in word.chars() {
                    if !row.is_empty() && self.width(&format!("{row}{letter}"), weight, size) > room {
                        rows.push(std::mem::take(&mut row));
                    }
                    row.push(letter);
                }
            }
            rows.push(row);
        }
        rows
    }
}

/// What one line takes of a page: its marks are placed from its upper left corner.
struct Block {
    height: i32,
    marks: Vec<Mark>,
}

enum Mark {
    Words {
        text: String,
        weight: Weight,
        size: i32,
        left: i32,
        foot: i32,
        white: bool,
    },
    /// One area of one or more oblongs: left, top, width, height.
    Bars { areas: Vec<[i32; 4]>, black: bool },
}

impl Mark {
    fn draw(&self, surface: &mut Surface<'_>, faces: &Faces, x: i32, y: i32) {
        match self {
            Self::Words {
                text,
                weight,
                size,
                left,
                foot,
                white,
            } => {
                surface.set_fill(Some(ink(if *white { 255 } else { 0x1B })));
                let (glyphs, _) = faces.shape(text, *weight, *size);
                let (font, _) = faces.of(*weight);
                let start = Point::from_xy(pt(x + left), pt(y + foot));
                surface.draw_glyphs(start, &glyphs, font.clone(), text, pt(*size), false);
            }
            Self::Bars { areas, black } => {
                surface.set_fill(Some(ink(if *black { 0x1B } else { 0xB8 })));
                let mut path = PathBuilder::new();
                for [left, top, width, height] in areas {
                    let area = Rect::from_xywh(pt(x + left), pt(y + top), pt(*width), pt(*height));
                    if let Some(area) = area {
                        path.push_rect(area);
                    }
                }
                if let Some(path) = path.finish() {
                    surface.draw_path(&path);
                }
            }
        }
    }
}

fn ink(grey: u8) -> Fill {
    Fill {
        paint: luma::Color::new(grey).into(),
        ..Fill::default()
    }
}

fn block(line: &Line, page: &Page, faces: &Faces) -> Vec<Block> {
    let size = page.letters;
    match line {
        Line::Heading { text } => {
            let size = size * 16 / 10;
            let mut rows = rows(text, Align::Middle, Weight::Bold, size, page, faces);
            rows.push(space(size / 3));
            rows
        }
        Line::Banner { text } => banner(text, page, faces),
        Line::Text { text, align, weight } => rows(text, *align, *weight, size, page, faces),
        Line::Pair { left, right, weight } => {
            pair(left, right, (*weight, size), (*weight, size), page, faces)
        }
        Line::Figure { left, right } => {
            let mut rows = pair(
                left,
                right,
                (Weight::Bold, size),
                (Weight::Bold, size * 2),
                page,
                faces,
            );
            rows.push(space(size / 4));
            rows
        }
        Line::Rule => vec![rule(page)],
        Line::Blank => vec![space(size)],
        Line::Square { text } => square(text, page),
        // One page a slip: there is nothing to cut.
        Line::Cut => Vec::new(),
    }
}

const fn leading(size: i32) -> i32 {
    size * 145 / 100
}

/// Where letters stand in their row.
const fn foot(size: i32) -> i32 {
    size * 110 / 100
}

const fn space(height: i32) -> Block {
    Block {
        height,
        marks: Vec::new(),
    }
}

fn rows(text: &str, align: Align, weight: Weight, size: i32, page: &Page, faces: &Faces) -> Vec<Block> {
    faces
        .wrap(text, weight, size, page.inner())
        .into_iter()
        .map(|text| {
            let free = page.inner() - faces.width(&text, weight, size);
            let left = match align {
                Align::Left => 0,
                Align::Middle => free / 2,
                Align::Right => free,
            };
            Block {
                height: leading(size),
                marks: vec![Mark::Words {
                    text,
                    weight,
                    size,
                    left,
                    foot: foot(size),
                    white: false,
                }],
            }
        })
        .collect()
}

fn banner(text: &str, page: &Page, faces: &Faces) -> Vec<Block> {
    let size = page.letters;
    let pad = size / 3;
    let mut rows = rows(text, Align::Middle, Weight::Bold, size, page, faces);
    let height: i32 = rows.iter().map(|row| row.height).sum();
    for mark in rows.iter_mut().flat_map(|row| &mut row.marks) {
        if let Mark::Words { white, foot, .. } = mark {
            *white = true;
            *foot += pad / 2;
        }
    }
    if let Some(first) = rows.first_mut() {
        let bar = Mark::Bars {
            areas: vec![[0, 0, page.inner(), height + pad]],
            black: true,
        };
        first.marks.insert(0, bar);
    }
    rows.push(space(pad * 2));
    rows
}

fn pair(
    left: &str,
    right: &str,
    (left_weight, left_size): (Weight, i32),
    (weight, size): (Weight, i32),
    page: &Page,
    faces: &Faces,
) -> Vec<Block> {
    let figure = faces.width(right, weight, size);
    let beside = page.inner() - figure - left_size;
    let room = if beside > page.inner() / 3 {
        beside
    } else {
        page.inner()
    };
    let mut blocks = rows(left, Align::Left, left_weight, left_size, page, faces);
    if room != page.inner() {
        blocks = faces
            .wrap(left, left_weight, left_size, room)
            .into_iter()
            .flat_map(|row| rows(&row, Align::Left, left_weight, left_size, page, faces))
            .collect();
    }
    let fits = room != page.inner() || left.is_empty();
    if blocks.is_empty() || !fits {
        blocks.push(space(leading(size)));
    }
    if let Some(last) = blocks.last_mut() {
        let higher = leading(size).max(last.height);
        for mark in &mut last.marks {
            if let Mark::Words { foot: own, .. } = mark {
                *own += foot(size) - foot(left_size);
            }
        }
        last.height = higher;
        last.marks.push(Mark::Words {
            text: right.to_owned(),
            weight,
            size,
            left: page.inner() - figure,
            foot: foot(size),
            white: false,
        });
    }
    blocks
}

fn rule(page: &Page) -> Block {
    Block {
        height: page.letters,
        marks: vec![Mark::Bars {
            areas: vec![[0, page.letters / 2, page.inner(), 60]],
            black: false,
        }],
    }
}

fn square(text: &str, page: &Page) -> Vec<Block> {
    let Ok(code) = qrcode::QrCode::with_error_correction_level(text, qrcode::EcLevel::M) else {
        return Vec::new();
    };
    let squares = code.width();
    let across = i32::try_from(squares).unwrap_or(1).max(1);
    let side = (page.inner().min(20_000) * 6 / 10 / across).max(100);
    let left = (page.inner() - side * across) / 2;
    // Runs of squares, so that no viewer shows seams between them.
    let mut areas = Vec::new();
    for (y, row) in (2..).zip(code.to_colors().chunks(squares)) {
        let mut x = 0;
        for run in row.chunk_by(|one, other| one == other) {
            let long = i32::try_from(run.len()).unwrap_or(0);
            if run.first() == Some(&qrcode::Color::Dark) {
                areas.push([left + side * x, side * y, side * long, side]);
            }
            x += long;
        }
    }
    vec![Block {
        height: side * (across + 4),
        marks: vec![Mark::Bars { areas, black: true }],
    }]
}

/// Points of hundredths of them.
#[expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "a PDF is drawn in fractions; sheets are small numbers"
)]
fn pt(hundredths: i32) -> f32 {
    hundredths as f32 / 100.0
}

#[expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "letters are drawn in fractions of their size; fonts count small numbers"
)]
fn ratio(units: i32, em: i32) -> f32 {
    units as f32 / em.max(1) as f32
}
