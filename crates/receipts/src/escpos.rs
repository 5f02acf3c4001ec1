//! A slip as the bytes of a receipt printer (Epson's ESC/POS command reference, which others follow).

use std::cell::RefCell;

use escpos::driver::Driver;
use escpos::errors::PrinterError;
use escpos::printer::Printer;
use escpos::printer_options::PrinterOptions;
use escpos::utils::{
    Encoder, JustifyMode, PageCode, Protocol, QRCodeCorrectionLevel, QRCodeModel, QRCodeOption,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::document::{Align, Document, Line, Weight};
use crate::lay_out::{pair, wrap};

/// The paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Roll {
    /// 58 mm: 384 dots, 32 characters of font A.
    Narrow,
    /// 80 mm: 576 dots, 48 characters of font A.
    #[default]
    Wide,
}

impl Roll {
    /// Dots across.
    #[must_use]
    pub const fn dots(self) -> usize {
        match self {
            Self::Narrow => 384,
            Self::Wide => 576,
        }
    }

    /// Characters across: each of font A is 12 dots wide.
    #[must_use]
    pub const fn columns(self) -> usize {
        self.dots() / 12
    }
}

/// Which letters beyond ASCII the printer has: its own documentation names it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CodePage {
    /// IBM's first, which every printer begins with.
    #[default]
    Pc437,
    /// Western Europe.
    Pc850,
    /// As Windows has it.
    Wpc1252,
}

impl CodePage {
    const fn named(self) -> PageCode {
        match self {
            Self::Pc437 => PageCode::PC437,
            Self::Pc850 => PageCode::PC850,
            Self::Wpc1252 => PageCode::WPC1252,
        }
    }
}

/// ESC p 0 25 250: a pulse of 50 ms to the first drawer, then 500 ms of rest. (The library's own command lacks
/// the two times, and a printer would take the next two letters for them.)
const KICK: [u8; 5] = [0x1B, b'p', 0, 25, 250];

/// GS B: white on black.
const REVERSE: [u8; 2] = [0x1D, b'B'];

/// Opens the cash drawer that hangs on the printer, and prints nothing.
#[must_use]
pub const fn kick() -> [u8; 5] {
    KICK
}

/// The bytes of a slip. What the printer has no letter for becomes its likest one, or `?`.
///
/// # Errors
/// A square code with more than any code can hold.
pub fn render(document: &Document, roll: Roll, page: CodePage) -> Result<Vec<u8>, TooLong> {
    let mut pen = Pen::new(roll, page);
    pen.document(document).map_err(|_| TooLong)?;
    Ok(pen.printer.driver().0.take())
}

/// More than a square code can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text is too long for a square code")]
pub struct TooLong;

/// Collects what a printer would get.
#[derive(Debug, Clone, Default)]
struct Memory(RefCell<Vec<u8>>);

impl Driver for Memory {
    fn name(&self) -> String {
        "memory".to_owned()
    }

    fn write(&self, data: &[u8]) -> Result<(), PrinterError> {
        self.0.borrow_mut().extend_from_slice(data);
        Ok(())
    }

    fn read(&self, _: &mut [u8]) -> Result<usize, PrinterError> {
        Ok(0)
    }

    fn flush(&self) -> Result<(), PrinterError> {
        Ok(())
    }
}

struct Pen {
    printer: Printer<Memory>,
    columns: usize,
    dots: usize,
    page: CodePage,
}

type Done = Result<(), PrinterError>;

impl Pen {
    fn new(roll: Roll, page: CodePage) -> Self {
        Self {
            printer: printer(page),
            columns: roll.columns(),
            dots: roll.dots(),
            page,
        }
    }

    fn document(&mut self, document: &Document) -> Done {
        self.printer.init()?;
        for line in &document.lines {
            self.line(line)?;
        }
        self.printer.print()?;
        Ok(())
    }

    fn line(&mut self, line: &Line) -> Done {
        match line {
            Line::Heading { text } => self.heading(text),
            Line::Banner { text } => self.banner(text),
            Line::Text { text, align, weight } => self.text(text, *align, *weight),
            Line::Pair { left, right, weight } => self.pair(left, right, *weight),
            Line::Figure { left, right } => self.figure(left, right),
            Line::Rule => {
                let rule = self.fit("─").repeat(self.columns);
                self.row(&rule)
            }
            Line::Blank => self.printer.feed().map(drop),
            Line::Square { text } => self.square(text),
            Line::Cut => self.printer.cut().map(drop),
        }
    }

    /// Twice as high and twice as wide; only as high when it would not fit into two rows.
    fn heading(&mut self, text: &str) -> Done {
        let text = self.fit(text);
        let half = self.columns / 2;
        let (wide, rows) = match wrap(&text, half) {
            rows if rows.len() <= 2 => (2, rows),
            _ => (1, wrap(&text, self.columns)),
        };
        self.printer
            .justify(JustifyMode::CENTER)?
            .bold(true)?
            .size(wide, 2)?;
        for row in rows {
            self.row(&row)?;
        }
        self.printer
            .reset_size()?
            .bold(false)?
            .justify(JustifyMode::LEFT)?;
        Ok(())
    }

    fn banner(&mut self, text: &str) -> Done {
        let text = self.fit(text);
        self.printer.bold(true)?;
        self.reverse(true)?;
        for row in wrap(&text, self.columns) {
            // Blanks are white on black as well, so the bar goes from edge to edge.
            let centred = format!("{row:^width$}", width = self.columns);
            self.row(&centred)?;
        }
        self.reverse(false)?;
        self.printer.bold(false)?;
        Ok(())
    }

    fn text(&mut self, text: &str, align: Align, weight: Weight) -> Done {
        let text = self.fit(text);
        self.printer.justify(match align {
            Align::Left => JustifyMode::LEFT,
            Align::Middle => JustifyMode::CENTER,
            Align::Right => JustifyMode::RIGHT,
        })?;
        self.printer.bold(weight == Weight::Bold)?;
        for row in wrap(&text, self.columns) {
            self.row(&row)?;
        }
        self.printer.bold(false)?.justify(JustifyMode::LEFT)?;
        Ok(())
    }

    fn pair(&mut self, left: &str, right: &str, weight: Weight) -> Done {
        let (left, right) = (self.fit(left), self.fit(right));
        let (mut rows, blanks) = pair(&left, right.chars().count(), self.columns);
        if let Some(last) = rows.last_mut() {
            last.push_str(&" ".repeat(blanks));
            last.push_str(&right);
        }
        self.printer.bold(weight == Weight::Bold)?;
        for row in rows {
            self.row(&row)?;
        }
        self.printer.bold(false)?;
        Ok(())
    }

    /// The name in usual letters, the figure twice as large; both stand on one line of writing.
    fn figure(&mut self, left: &str, right: &str) -> Done {
        let (left, right) = (self.fit(left), self.fit(right));
        let (rows, blanks) = pair(&left, 2 * right.chars().count(), self.columns);
        self.printer.bold(true)?;
        let last = rows.len().saturating_sub(1);
        for (at, row) in rows.iter().enumerate() {
            if at < last {
                self.row(row)?;
            } else {
                self.printer
                    .write(&format!("{row}{}", " ".repeat(blanks)))?
                    .size(2, 2)?;
                self.row(&right)?;
            }
        }
        self.printer.reset_size()?.bold(false)?;
        Ok(())
    }

    /// Squares as large as six tenths of the paper allow, and no larger than a camera needs.
    fn square(&mut self, text: &str) -> Done {
        let squares = qrcode::QrCode::with_error_correction_level(text, qrcode::EcLevel::M)
            .map_err(|_| PrinterError::Input("too long".to_owned()))?
            .width();
        let size = (self.dots * 6 / 10 / squares).clamp(2, 8);
        let size = u8::try_from(size).unwrap_or(2);
        let option = QRCodeOption::new(QRCodeModel::Model2, size, QRCodeCorrectionLevel::M);
        self.printer
            .justify(JustifyMode::CENTER)?
            .qrcode_option(text, option)?
            .justify(JustifyMode::LEFT)?;
        Ok(())
    }

    fn row(&mut self, row: &str) -> Done {
        self.printer.writeln(row).map(drop)
    }

    fn reverse(&mut self, on: bool) -> Done {
        self.printer
            .custom(&[REVERSE[0], REVERSE[1], u8::from(on)])
            .map(drop)
    }

    fn fit(&self, text: &str) -> String {
        fit(text, self.page)
    }
}

fn printer(page: CodePage) -> Printer<Memory> {
    // Of this encoding the library needs only that it has none of the letters that the page lacks.
    let protocol = Protocol::new(Encoder::new(encoding_rs::X_USER_DEFINED));
    let options = PrinterOptions::new(Some(page.named()), None, 48);
    Printer::new(Memory::default(), protocol, Some(options))
}

/// The text in letters that the page has: the likest ones for typographic signs, `?` for others.
fn fit(text: &str, page: CodePage) -> String {
    let mut probe = printer(page);
    let mut has = |letter: char| letter.is_ascii() || probe.write(letter.encode_utf8(&mut [0; 4])).is_ok();
    text.chars()
        .map(|letter| match letter {
            '\n' => letter,
            _ if letter.is_control() => ' ',
            _ if has(letter) => letter,
            _ => likest(letter),
        })
        .collect()
}

const fn likest(letter: char) -> char {
    match letter {
        '‘' | '’' | '‚' | 'ʼ' => '\'',
        '“' | '”' | '„' => '"',
        '–' | '—' | '─' | '·' | '•' => '-',
        '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        '×' => 'x',
        _ => '?',
    }
}
