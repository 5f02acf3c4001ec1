//! What a printer makes of its bytes, as a picture.
//!
//! It reads ESC/POS as Epson's reference has it and shares nothing with what writes it, so that a slip can be
//! seen as it will come out, and a wrong byte is seen as well. Font A is 12 by 24 dots.

use std::collections::VecDeque;

use spleen_font::{FONT_12X24, PSF2Font};

use crate::code_pages;
use crate::escpos::{CodePage, Roll};

const WIDTH: usize = 12;
const HEIGHT: usize = 24;
/// The feed of a line before `ESC 3` says otherwise, in dots.
const LINE: usize = 30;
/// White that a printer cannot reach, at each side and between two slips.
const MARGIN: usize = 24;

/// A picture of black dots on white.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Dots across.
    pub width: usize,
    rows: Vec<Vec<bool>>,
}

/// What came out of the printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// As it looks.
    pub picture: Picture,
    /// As it reads, one row a line; a square code stands as its text in brackets.
    pub text: String,
    /// How often the paper was cut.
    pub cuts: u32,
    /// How often the drawer was opened.
    pub kicks: u32,
    /// Commands that this printer does not know, by their first bytes.
    pub unknown: Vec<Vec<u8>>,
}

/// Prints the bytes.
#[must_use]
pub fn print(bytes: &[u8], roll: Roll) -> Paper {
    let mut head = Head::new(roll);
    let mut bytes: VecDeque<u8> = bytes.iter().copied().collect();
    while let Some(byte) = bytes.pop_front() {
        head.take(byte, &mut bytes);
    }
    head.paper
}

impl Picture {
    fn blank(width: usize) -> Self {
        Self {
            width,
            rows: Vec::new(),
        }
    }

    /// Dots from top to bottom.
    #[must_use]
    pub fn height(&self) -> usize {
        self.rows.len()
    }

    /// Is this dot black?
    #[must_use]
    pub fn is_black(&self, x: usize, y: usize) -> bool {
        self.rows
            .get(y)
            .and_then(|row| row.get(x))
            .copied()
            .unwrap_or(false)
    }

    fn feed(&mut self, dots: usize) {
        let blank = vec![false; self.width];
        self.rows.extend(std::iter::repeat_n(blank, dots));
    }

    fn set(&mut self, x: usize, y: usize, black: bool) {
        if let Some(dot) = self.rows.get_mut(y).and_then(|row| row.get_mut(x)) {
            *dot = black;
        }
    }

    /// The picture as a PNG, with the white edges of the paper around it.
    ///
    /// # Errors
    /// The encoder's.
    pub fn png(&self) -> Result<Vec<u8>, png::EncodingError> {
        let (width, height) = (self.width + 2 * MARGIN, self.height() + 2 * MARGIN);
        let stride = width.div_ceil(8);
        let mut data = vec![0xFF_u8; stride * height];
        for (y, row) in self.rows.iter().enumerate() {
            for (x, _) in row.iter().enumerate().filter(|(_, black)| **black) {
                let (x, y) = (x + MARGIN, y + MARGIN);
                if let Some(byte) = data.get_mut(y * stride + x / 8) {
                    *byte &= !(0x80 >> (x % 8));
                }
            }
        }
        let mut out = Vec::new();
        let side = |dots: usize| u32::try_from(dots).unwrap_or(u32::MAX);
        let mut encoder = png::Encoder::new(&mut out, side(width), side(height));
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&data)?;
        writer.finish()?;
        Ok(out)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Middle,
    Right,
}

/// One letter that waits for its line to end.
#[derive(Clone, Copy)]
struct Cell {
    letter: char,
    wide: usize,
    high: usize,
    bold: bool,
    reverse: bool,
}

struct Head {
    paper: Paper,
    page: CodePage,
    side: Side,
    wide: usize,
    high: usize,
    bold: bool,
    reverse: bool,
    line: usize,
    waiting: Vec<Cell>,
    square_size: usize,
    square: Vec<u8>,
}

impl Head {
    fn new(roll: Roll) -> Self {
        Self {
            paper: Paper {
                picture: Picture::blank(roll.dots()),
                text: String::new(),
                cuts: 0,
                kicks: 0,
                unknown: Vec::new(),
            },
            page: CodePage::Pc437,
            side: Side::Left,
            wide: 1,
            high: 1,
            bold: false,
            reverse: false,
            line: LINE,
            waiting: Vec::new(),
            square_size: 3,
            square: Vec::new(),
        }
    }

    fn take(&mut self, byte: u8, rest: &mut VecDeque<u8>) {
        match byte {
            b'\n' => self.end_line(),
            0x10 => self.real_time(rest),
            0x1B => self.escape(rest),
            0x1D => self.group(rest),
            0x00..=0x1F => self.unknown(&[byte]),
            _ => self.letter(code_pages::letter(self.page, byte)),
        }
    }

    /// `DLE EOT n` asks about the paper; nothing is printed by it.
    fn real_time(&mut self, rest: &mut VecDeque<u8>) {
        match (rest.pop_front(), rest.pop_front()) {
            (Some(0x04), Some(1..=4)) => {}
            (first, second) => self.unknown(&[0x10, first.unwrap_or(0), second.unwrap_or(0)]),
        }
    }

    fn escape(&mut self, rest: &mut VecDeque<u8>) {
        let Some(command) = rest.pop_front() else {
            return self.unknown(&[0x1B]);
        };
        if command == b'@' {
            // Everything as when it was switched on; the paper stays where it is.
            let paper = std::mem::replace(self, Self::new(Roll::Wide)).paper;
            self.paper = paper;
            return;
        }
        if command == b'2' {
            self.line = LINE;
            return;
        }
        let n = rest.pop_front().unwrap_or(0);
        match command {
            b'E' => self.bold = n & 1 == 1,
            b't' => match code_pages::numbered(n) {
                Some(page) => self.page = page,
                None => self.unknown(&[0x1B, command, n]),
            },
            b'a' => {
                self.side = match n {
                    1 | b'1' => Side::Middle,
                    2 | b'2' => Side::Right,
                    _ => Side::Left,
                }
            }
            b'd' => {
                // It prints what waits, and the line's own feed is the first of `n`.
                self.end_line();
                self.paper
                    .picture
                    .feed(self.line * usize::from(n.saturating_sub(1)));
            }
            b'3' => self.line = usize::from(n),
            b'p' => {
                // On and off times; without them the two bytes that follow would be lost.
                rest.drain(..2.min(rest.len()));
                self.paper.kicks += 1;
            }
            _ => self.unknown(&[0x1B, command, n]),
        }
    }

    fn group(&mut self, rest: &mut VecDeque<u8>) {
        let (command, n) = (rest.pop_front().unwrap_or(0), rest.pop_front().unwrap_or(0));
        match command {
            b'!' => {
                self.wide = usize::from(n >> 4 & 7) + 1;
                self.high = usize::from(n & 7) + 1;
            }
            b'B' => self.reverse = n & 1 == 1,
            b'V' => {
                if n >= 65 {
                    // Functions B and C feed on to the knife, and have one byte more.
                    let feed = rest.pop_front().unwrap_or(0);
                    self.paper.picture.feed(4 * LINE + usize::from(feed));
                }
                self.cut();
            }
            b'r' => {}
            b'(' if n == b'k' => self.square_code(rest),
            _ => self.unknown(&[0x1D, command, n]),
        }
    }

    /// `GS ( k pL pH 49 fn …`: the square code's size, its text, and its printing.
    fn square_code(&mut self, rest: &mut VecDeque<u8>) {
        let low = usize::from(rest.pop_front().unwrap_or(0));
        let high = usize::from(rest.pop_front().unwrap_or(0));
        let body: Vec<u8> = rest.drain(..(low + 256 * high).min(rest.len())).collect();
        match body.as_slice() {
            // The model and the correction change nothing that is read here; the picture takes level M.
            [49, 65, ..] | [49, 69, ..] => {}
            [49, 67, size] => self.square_size = usize::from(*size),
            [49, 80, 48, text @ ..] => self.square = text.to_vec(),
            [49, 81, 48] => self.draw_square(),
            other => self.unknown(&[&[0x1D, b'(', b'k'], other].concat()),
        }
    }

    fn draw_square(&mut self) {
        let Ok(code) = qrcode::QrCode::with_error_correction_level(&self.square, qrcode::EcLevel::M) else {
            return self.unknown(b"square");
        };
        let (squares, size) = (code.width(), self.square_size);
        let top = self.paper.picture.height();
        let left = self.start_of(squares * size);
        self.paper.picture.feed(squares * size);
        for y in 0..squares * size {
            for x in 0..squares * size {
                if code[(x / size, y / size)] == qrcode::Color::Dark {
                    self.paper.picture.set(left + x, top + y, true);
                }
            }
        }
        let text = String::from_utf8_lossy(&self.square).into_owned();
        self.paper.text.push_str(&format!("[{text}]\n"));
    }

    fn letter(&mut self, letter: char) {
        if self.used() + WIDTH * self.wide > self.paper.picture.width {
            self.end_line();
        }
        self.waiting.push(Cell {
            letter,
            wide: self.wide,
            high: self.high,
            bold: self.bold,
            reverse: self.reverse,
        });
    }

    fn used(&self) -> usize {
        self.waiting.iter().map(|cell| WIDTH * cell.wide).sum()
    }

    const fn start_of(&self, width: usize) -> usize {
        let free = self.paper.picture.width.saturating_sub(width);
        match self.side {
            Side::Left => 0,
            Side::Middle => free / 2,
            Side::Right => free,
        }
    }

    /// All letters of a line stand on its foot, whatever their height.
    fn end_line(&mut self) {
        let cells = std::mem::take(&mut self.waiting);
        let high = cells.iter().map(|cell| HEIGHT * cell.high).max().unwrap_or(0);
        let top = self.paper.picture.height();
        let width: usize = cells.iter().map(|cell| WIDTH * cell.wide).sum();
        let mut left = self.start_of(width);
        self.paper.picture.feed(high.max(self.line));
        for cell in &cells {
            self.draw(*cell, left, top + high - HEIGHT * cell.high);
            left += WIDTH * cell.wide;
        }
        let row: String = cells.iter().map(|cell| cell.letter).collect();
        self.paper.text.push_str(row.trim_end());
        self.paper.text.push('\n');
    }

    fn draw(&mut self, cell: Cell, left: usize, top: usize) {
        let rows = shape(cell.letter);
        let ink = |x: usize, y: usize| rows.get(y).and_then(|row| row.get(x)).copied().unwrap_or(false);
        for y in 0..HEIGHT * cell.high {
            for x in 0..WIDTH * cell.wide {
                let (column, row) = (x / cell.wide, y / cell.high);
                // Emphasised letters are struck twice, one dot apart.
                let inked = ink(column, row) || (cell.bold && column > 0 && ink(column - 1, row));
                self.paper.picture.set(left + x, top + y, inked != cell.reverse);
            }
        }
    }

    fn cut(&mut self) {
        self.paper.cuts += 1;
        let y = self.paper.picture.height();
        self.paper.picture.feed(1);
        for x in (0..self.paper.picture.width).filter(|x| x / 8 % 2 == 0) {
            self.paper.picture.set(x, y, true);
        }
    }

    fn unknown(&mut self, bytes: &[u8]) {
        self.paper.unknown.push(bytes.to_vec());
    }
}

/// The dots of a letter, row by row.
fn shape(letter: char) -> Vec<Vec<bool>> {
    if letter == '─' {
        // The typeface has none.
        return (0..HEIGHT).map(|y| vec![y == HEIGHT / 2; WIDTH]).collect();
    }
    let Ok(mut font) = PSF2Font::new(FONT_12X24) else {
        return Vec::new();
    };
    font.glyph_for_utf8(letter.to_string().as_bytes())
        .or_else(|| font.glyph_for_utf8(b"?"))
        .map(|glyph| glyph.map(Iterator::collect).collect())
        .unwrap_or_default()
}
