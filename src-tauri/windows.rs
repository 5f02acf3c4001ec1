//! The windows: the till, the customer's display, and the customer's phone of practice.

use tauri::plugin::TauriPlugin;
use tauri::webview::PageLoadEvent;
use tauri::{
    AppHandle, LogicalSize, Manager, Monitor, Runtime, Url, WebviewUrl, WebviewWindowBuilder, Window,
    WindowEvent,
};
use tauri_plugin_window_state::StateFlags;
use till::{Code, TillError};

use crate::announce;
use crate::state::Shell;
use crate::views::Locale;

/// The till's window: the only one that may call a command.
pub(crate) const MAIN: &str = "main";
/// The customer's phone: a page of the simulator, which may call nothing.
pub(crate) const PHONE: &str = "phone";

/// The customer's display: it reads what it shows, and may do nothing.
pub(crate) const DISPLAY: &str = "display";

/// The display on a counter with one screen: a window that can be moved out of the way.
const DISPLAY_SIZE: LogicalSize<i32> = LogicalSize {
    width: 640,
    height: 400,
};
/// As the simulator's page is drawn.
const PHONE_SIZE: LogicalSize<i32> = LogicalSize {
    width: 400,
    height: 800,
};
/// A title bar is no higher than this on any of the systems.
const TITLE_BAR: i32 = 40;

/// Remembers the till's size and place between starts.
pub(crate) fn remembered<R: Runtime>() -> TauriPlugin<R> {
    tauri_plugin_window_state::Builder::new()
        .with_denylist(&[PHONE, DISPLAY])
        .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
        .build()
}

/// Brings the till to the front.
pub(crate) fn raise<R: Runtime>(app: &AppHandle<R>) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    let raised = window
        .show()
        .and_then(|()| window.unminimize())
        .and_then(|()| window.set_focus());
    if let Err(error) = raised {
        tracing::warn!("the window did not come to the front: {error}");
    }
}

/// Does the till have the keyboard? When the system does not say, it does not.
pub(crate) fn is_in_front<R: Runtime>(app: &AppHandle<R>) -> bool {
    app.get_webview_window(MAIN)
        .is_some_and(|window| window.is_focused().unwrap_or(false))
}

/// Opens the customer's phone, or raises it.
///
/// # Errors
/// [`Code::Internal`] when the system opens no window.
pub(crate) fn show_phone<R: Runtime>(
    app: &AppHandle<R>,
    server: &str,
    locale: Locale,
) -> Result<(), TillError> {
    if let Some(window) = app.get_webview_window(PHONE) {
        return window
            .show()
            .and_then(|()| window.unminimize())
            .and_then(|()| window.set_focus())
            .map_err(|error| no_window(&error));
    }
    let (lang, title) = match locale {
        Locale::En => ("en", "Customer's phone"),
        Locale::Sw => ("sw", "Simu ya mteja"),
    };
    let url = Url::parse(&format!("{server}/phone?lang={lang}")).map_err(|error| no_window(&error))?;
    let home = url.origin();
    let place = beside(app, PHONE_SIZE);
    WebviewWindowBuilder::new(app, PHONE, WebviewUrl::External(url))
        .title(title)
        .position(f64::from(place.x), f64::from(place.y))
        .inner_size(f64::from(PHONE_SIZE.width), f64::from(place.height))
        // The cashier goes on typing.
        .focused(false)
        .on_navigation(move |to| to.origin() == home)
        .build()
        .map(drop)
        .map_err(|error| no_window(&error))
}

/// Opens the customer's display: over the whole of the second screen, or as a window where there is one screen
/// only. It never has the keyboard.
///
/// # Errors
/// [`Code::Internal`] when the system opens no window.
pub(crate) fn show_display<R: Runtime>(app: &AppHandle<R>, locale: Locale) -> Result<(), TillError> {
    if app.get_webview_window(DISPLAY).is_some() {
        return Ok(());
    }
    let title = match locale {
        Locale::En => "For the customer",
        Locale::Sw => "Kwa mteja",
    };
    let builder = WebviewWindowBuilder::new(app, DISPLAY, WebviewUrl::App("display.html".into()))
        .title(title)
        // The cashier goes on typing, also when somebody touches it.
        .focused(false)
        .focusable(false);
    let second = second_screen(app);
    let place = match &second {
        Some(screen) => {
            let corner = screen.position().to_logical::<i32>(screen.scale_factor());
            Place {
                x: corner.x,
                y: corner.y,
                height: DISPLAY_SIZE.height,
            }
        }
        None => beside(app, DISPLAY_SIZE),
    };
    builder
        .position(f64::from(place.x), f64::from(place.y))
        .inner_size(f64::from(DISPLAY_SIZE.width), f64::from(place.height))
        .on_page_load(move |window, page| {
            // Not before there is something to paint: WebKitGTK's painter died of a window that grew before.
            if let (Some(screen), PageLoadEvent::Finished) = (&second, page.event())
                && let Err(error) = window.set_fullscreen_on_monitor(screen.position().cast())
            {
                tracing::warn!("the customer's display does not fill its screen: {error}");
            }
        })
        .build()
        .map(drop)
        .map_err(|error| no_window(&error))
}

/// A screen on which the till is not.
fn second_screen<R: Runtime>(app: &AppHandle<R>) -> Option<Monitor> {
    let till = app.get_webview_window(MAIN)?;
    let own = till.current_monitor().ok()??;
    let screens = till.available_monitors().ok()?;
    screens
        .into_iter()
        .find(|screen| screen.position() != own.position())
}

/// Closes the customer's display, if it is open.
pub(crate) fn shut_display<R: Runtime>(app: &AppHandle<R>) {
    shut(app, DISPLAY);
}

/// Where a second window goes.
struct Place {
    x: i32,
    y: i32,
    height: i32,
}

/// At the right of the till, or over its right edge where the screen ends: the roll may be covered, the
/// counter not. A low screen gets a shorter window.
fn beside<R: Runtime>(app: &AppHandle<R>, wanted: LogicalSize<i32>) -> Place {
    let usual = Place {
        x: 0,
        y: 0,
        height: wanted.height,
    };
    let Some(till) = app.get_webview_window(MAIN) else {
        return usual;
    };
    let (Ok(Some(screen)), Ok(at), Ok(size)) =
        (till.current_monitor(), till.outer_position(), till.outer_size())
    else {
        return usual;
    };
    let scale = screen.scale_factor();
    let (at, size) = (at.to_logical::<i32>(scale), size.to_logical::<i32>(scale));
    let area = screen.work_area();
    let (corner, room) = (
        area.position.to_logical::<i32>(scale),
        area.size.to_logical::<i32>(scale),
    );
    let height = wanted.height.min(room.height - TITLE_BAR);
    Place {
        x: (at.x + size.width).min(corner.x + room.width - wanted.width),
        y: at
            .y
            .min(corner.y + room.height - height - TITLE_BAR)
            .max(corner.y),
        height,
    }
}

/// Closes the customer's phone, if it is open.
pub(crate) fn shut_phone<R: Runtime>(app: &AppHandle<R>) {
    shut(app, PHONE);
}

fn shut<R: Runtime>(app: &AppHandle<R>, label: &str) {
    if let Some(window) = app.get_webview_window(label)
        && let Err(error) = window.destroy()
    {
        tracing::warn!(label, "the window did not close: {error}");
    }
}

/// Closes the till's window without asking.
///
/// # Errors
/// [`Code::Internal`] when the system refuses.
pub(crate) fn close_till<R: Runtime>(app: &AppHandle<R>) -> Result<(), TillError> {
    app.get_webview_window(MAIN)
        .map_or(Ok(()), |window| window.destroy())
        .map_err(|error| no_window(&error))
}

/// What closing means: the till asks first while something is under way; the others close freely.
pub(crate) fn on_event<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    if window.label() == DISPLAY && matches!(event, WindowEvent::CloseRequested { .. }) {
        announce::display_closed(window.app_handle());
    }
    if window.label() != MAIN {
        return;
    }
    if let WindowEvent::CloseRequested { api, .. } = event {
        // Without an open book, or a page that could show the question, there is nothing to ask.
        if let Some(till) = window.state::<Shell>().till_to_ask() {
            api.prevent_close();
            let app = window.app_handle().clone();
            tauri::async_runtime::spawn(async move {
                match till.look(|engine, now| engine.closing(now)).await {
                    Ok(closing) if !closing.under_way.is_empty() => announce::close_asked(&app, &closing),
                    Ok(_) | Err(_) => {
                        let _ = close_till(&app);
                    }
                }
            });
        }
    } else if matches!(event, WindowEvent::Destroyed) {
        // The phone alone is no till.
        window.app_handle().exit(0);
    }
}

fn no_window(error: &dyn std::fmt::Display) -> TillError {
    TillError::new(
        Code::Internal,
        format!("The system did not do as Keshia asked with its window: {error}."),
    )
}
