//! The line that pairs a shop's first counter, for the operator's terminal.

use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use relay_wire::Pairing;

use super::said;
use crate::http::new_code;
use crate::log::EventLog;

/// Makes a code and shows it.
pub(super) async fn show(public: &str, log: &dyn EventLog, shop_id: &str) -> Result<(), String> {
    let (code, _) = new_code(log, shop_id).await.map_err(said)?;
    let line = Pairing {
        relay: public.to_owned(),
        code,
        secret: None,
    }
    .to_string();
    println!("Pair a counter with this line, once and within ten minutes:\n\n{line}\n");
    let picture = QrCode::new(&line).map_err(said)?;
    // Light on dark, as terminals are.
    let picture = picture
        .render::<Dense1x2>()
        .dark_color(Dense1x2::Light)
        .light_color(Dense1x2::Dark)
        .build();
    println!("{picture}");
    Ok(())
}
