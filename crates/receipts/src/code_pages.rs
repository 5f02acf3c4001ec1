//! What a printer's letters above ASCII are, from 0x80 up: as IBM and Windows publish the pages, and not as any
//! library that writes for printers has them, because this is what its bytes are read back with.

use crate::escpos::CodePage;

const PC437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
const PC850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// The page that `ESC t n` chooses (Epson's numbers), when it is one of ours.
pub(crate) const fn numbered(n: u8) -> Option<CodePage> {
    match n {
        0 => Some(CodePage::Pc437),
        2 => Some(CodePage::Pc850),
        16 => Some(CodePage::Wpc1252),
        _ => None,
    }
}

/// The letter of a byte.
pub(crate) fn letter(page: CodePage, byte: u8) -> char {
    if byte.is_ascii() {
        return char::from(byte);
    }
    let place = usize::from(byte - 0x80);
    let found = match page {
        CodePage::Pc437 => PC437.chars().nth(place),
        CodePage::Pc850 => PC850.chars().nth(place),
        CodePage::Wpc1252 => encoding_rs::WINDOWS_1252.decode(&[byte]).0.chars().next(),
    };
    found.unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_128_letters_above_ascii() {
        assert_eq!(PC437.chars().count(), 128, "PC437");
        assert_eq!(PC850.chars().count(), 128, "PC850");
        assert_eq!(letter(CodePage::Pc437, 0x82), 'é', "in IBM's first page");
        assert_eq!(letter(CodePage::Wpc1252, 0xE9), 'é', "in Windows' page");
    }
}
