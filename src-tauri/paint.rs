//! How the windows paint on Linux: by the processor, without the graphics card.

use tauri::Runtime;
use tauri::plugin::{Builder, TauriPlugin};
use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};

/// Forms of text have nothing for a graphics card to do, but each web view would load the card's driver and
/// hold all it paints twice. Where there is no card the driver is a compiler that makes its programs anew at
/// each start, and a driver with faults is why WebKitGTK windows stay blank on some PCs.
pub(crate) fn plainly<R: Runtime>() -> TauriPlugin<R> {
    Builder::new("paint")
        .on_webview_ready(|webview| {
            let set = webview.with_webview(|platform| {
                if let Some(settings) = platform.inner().settings() {
                    settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
                }
            });
            if let Err(error) = set {
                tracing::warn!("a window paints by the graphics card: {error}");
            }
        })
        .build()
}
