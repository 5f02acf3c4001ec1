//! Long jobs of any screen.

use tauri::State;
use till::TillError;

use crate::jobs::JobName;
use crate::state::Shell;

/// Asks a job to stop at its next step. Its command answers `null` then.
///
/// # Errors
/// None.
#[tauri::command]
pub async fn stop_job(shell: State<'_, Shell>, job: JobName) -> Result<(), TillError> {
    shell.jobs().stop(job);
    Ok(())
}
