//! Random ids. A seeded source makes a whole run repeat itself exactly.

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// Makes ids of 80 random bits: opaque, no personal data, safe to chain and to print.
#[derive(Debug)]
pub struct IdSource(StdRng);

impl IdSource {
    /// From the system's randomness.
    ///
    /// # Errors
    /// The operating system gave no randomness.
    pub fn from_system() -> Result<Self, rand::rngs::SysError> {
        Ok(Self(StdRng::try_from_rng(&mut rand::rngs::SysRng)?))
    }

    /// From a seed: the same seed makes the same ids.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }

    /// Sixteen random bits.
    pub fn next_lot(&mut self) -> u16 {
        let mut bytes = [0_u8; 2];
        self.0.fill_bytes(&mut bytes);
        u16::from_le_bytes(bytes)
    }

    /// The next id: 20 hexadecimal characters.
    pub fn next_id(&mut self) -> String {
        let mut bytes = [0_u8; 10];
        self.0.fill_bytes(&mut bytes);
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
