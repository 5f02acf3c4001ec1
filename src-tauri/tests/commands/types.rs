//! The page's types are the shell's: `ui/src/ipc/types.ts` is made here. `KESHIA_WRITE_TYPES=1 cargo test
//! --workspace types` writes it anew.

use std::fs;
use std::path::Path;

use keshia_shell::commands::close::CloseSlipView;
use keshia_shell::commands::files::{EveningText, FilesFolder};
use keshia_shell::commands::receipts as slips;
use keshia_shell::{jobs, views as shell};
use till::doctor::{self, TillOwner, go_live};
use till::engine::{MissingCode, Sharing, StatementReport};
use till::interactions::{Interaction, InteractionAnswer, InteractionKind};
use till::people::{Act, Role};
use till::push::Reason;
use till::{Code, Money, ReceiptNumber, view};
use ts_rs::{Config, TS};

const FILE: &str = "ui/src/ipc/types.ts";

/// What the drawing board's doctor says.
const DOCTOR_FILE: &str = "ui/src/dev/doctor.json";

const HEADER: &str = "\
// Made from the Rust types by `KESHIA_WRITE_TYPES=1 cargo test --workspace types`; a test compares.
// Money is integer cents, times are ISO-8601 UTC.
";

#[test]
fn the_pages_types_are_the_shells() {
    let made = all_types();
    if std::env::var_os("KESHIA_WRITE_TYPES").is_some() {
        fs::write(Path::new(FILE), &made).unwrap();
    }
    let kept = fs::read_to_string(FILE).unwrap();
    assert!(
        kept == made,
        "{FILE} is not what the Rust types say; write it anew with KESHIA_WRITE_TYPES=1"
    );
}

/// The drawing board shows the doctor's own words; they are written nowhere else.
#[test]
fn the_drawing_boards_doctor_is_the_shells() {
    let view = shell::DoctorView {
        list: go_live::GoLive::of(Some(TillOwner::Own)),
        steps: doctor::Step::ALL
            .map(|step| shell::StepView {
                step,
                title: step.title(),
            })
            .to_vec(),
        plays: true,
        labels: doctor::labels::labels(false),
    };
    let made = serde_json::to_string_pretty(&view).unwrap() + "\n";
    if std::env::var_os("KESHIA_WRITE_TYPES").is_some() {
        fs::write(Path::new(DOCTOR_FILE), &made).unwrap();
    }
    let kept = fs::read_to_string(DOCTOR_FILE).unwrap_or_default();
    assert!(
        kept == made,
        "{DOCTOR_FILE} is not what the doctor says; write it anew with KESHIA_WRITE_TYPES=1"
    );
}

fn all_types() -> String {
    // Not from the environment: the file must not depend on who runs the test.
    let config = Config::new().with_large_int("number");
    let mut text = HEADER.to_owned();
    macro_rules! add {
        ($($type:ty),+ $(,)?) => { $(add_type::<$type>(&mut text, &config);)+ };
    }
    add![Money, ReceiptNumber, Code, Reason];
    add![
        view::SaleView,
        view::SaleState,
        view::SaleStatus,
        view::Proof,
        view::TenderView,
        view::TenderKindView,
        view::ReadFrom,
        view::PushView,
        view::PushState,
        view::ToldBy,
        view::Why,
        view::CanSend,
        view::MatterView,
        view::SaleName,
        view::MatterKind,
        view::MoneyInView,
        view::Offer,
        view::WitnessView,
        view::RollView,
        view::Draft,
        view::CashTaken,
        view::CodeCheck,
        view::CodeWarning,
        view::PaymentEnded,
        view::Outcome,
        view::LinkView,
        view::RelayView,
        view::RelayTrouble,
        view::PullView,
        view::DrawerView,
        view::ShiftView,
        view::CountLine,
        view::GivingBackView,
        view::RefundView,
        view::WayView,
        view::AccountsView,
        view::PersonTotals,
        view::ShiftTotals,
        view::ThreeWayView,
        view::CarriedKind,
        view::CarriedView,
        view::ZReport,
        view::ZView,
        view::ClosingDayView,
        shell::GiveBackWay,
        view::KnownCustomer,
        view::DebtorView,
        view::DebtStatementView,
        view::DebtLineView,
        view::DebtLineKind,
        shell::CustomerForm,
        shell::CustomerFile,
        shell::BookVerdict,
        shell::CloseVerdict,
        view::DeskView,
        view::PersonView,
        Act,
        Role,
        view::ClosingView,
        view::Period,
        view::PaidBy,
        view::DayReport,
        view::WayTotals,
        view::PersonDay,
        view::Bar,
        view::DrawerCount,
        view::OpenView,
        view::OpenLine,
        view::NotConfirmed,
        view::SalesFound,
        view::FoundPayment,
        view::PersonWordView,
        view::Direction,
        view::Span,
        StatementReport,
        MissingCode,
        Interaction,
        InteractionKind,
        InteractionAnswer,
    ];
    add![
        receipts::PrinterPlace,
        receipts::Roll,
        receipts::CodePage,
        receipts::Trouble,
        receipts::transport::UsbPrinter,
        till::receipt::Printing,
        till::receipt::Language,
        till::receipt::VatKind,
        till::receipt::SaleTax,
        view::PrinterView,
        slips::PrintingSettings,
        slips::ReceiptView,
        CloseSlipView,
        till::export::Format,
        FilesFolder,
        EveningText,
    ];
    add![
        doctor::Words,
        doctor::Step,
        doctor::Mark,
        doctor::Finding,
        TillOwner,
        doctor::owner::Can,
        go_live::Item,
        go_live::OwnerWords,
        go_live::GoLive,
        doctor::labels::Labels,
        shell::DoctorView,
        shell::StepView,
        shell::AddressesForm,
        shell::Unanswered,
        shell::Generation,
    ];
    add![
        shell::AppState,
        shell::PayCode,
        till::verify::Verdict,
        till::verify::Trouble,
        till::verify::Doubt,
        till::verify::Table,
        shell::CopiesView,
        shell::StickView,
        shell::StickChosen,
        shell::FoundCopy,
        shell::RehearsalView,
        shell::Door,
        shell::Mode,
        shell::Kind,
        shell::AppEnvironment,
        shell::KeyStorage,
        shell::Locale,
        shell::Theme,
        shell::TextSize,
        shell::Volume,
        jobs::JobName,
        jobs::Progress,
        shell::CustomerView,
        shell::CustomerMoment,
        shell::Settings,
        shell::OwnerForm,
        shell::OwnerMade,
        shell::RelaySettings,
        shell::PairingLine,
        shell::OwnersPage,
        Sharing,
        shell::StartTodayForm,
        shell::ConnectForm,
        shell::SafaricomEnvironment,
        shell::ConnectionTest,
        shell::ConnectionWord,
        shell::Problem,
    ];
    text
}

fn add_type<T: TS>(text: &mut String, config: &Config) {
    text.push('\n');
    text.push_str(&T::docs().unwrap_or_default());
    text.push_str("export ");
    text.push_str(&T::decl(config));
    text.push('\n');
}
