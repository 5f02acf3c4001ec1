//! A sealed copy: the book, and if its owner wants it his keys, in one file that only his recovery code opens.
//!
//! A stick is lost more easily than a PC, and the book holds customers' phones. The PC itself keeps only a
//! public key, so that whoever has both PC and stick has the book but still not the keys. HPKE (RFC 9180)
//! seals one piece after the other and counts them: a piece that is missing, changed or in another's place
//! is noticed, and the last one says that it is the last.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read, Write};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use daraja::Secret;
use hpke::aead::{AeadCtxS, ChaCha20Poly1305};
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use rand::TryRng as _;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::not_whole;
use super::watch::Watch;
use crate::error::{Code, TillError};
use crate::files::io_trouble;
use crate::recovery_code::{RecoveryCode, Sealed};
use crate::secrets::SecretName;

/// A sealed copy's first line.
const FIRST_LINE: &str = "keshia sealed copy 1\n";
/// The book is sealed in pieces of this many bytes.
const PIECE: usize = 1 << 20;
/// Longest piece in a file: one sealed, with its tag of 16 bytes.
const LONGEST_PIECE: u32 = (1 << 20) + 16;
/// Longest second line that is read of a file that may be anything.
const LONGEST_LINE: u64 = 16 * 1024;
const MORE: &[u8] = b"more";
const LAST: &[u8] = b"last";

type Sealer = AeadCtxS<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>;

/// What seals the copies of one book. Only a public key: what opens them is sealed itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    /// Base64.
    public: String,
    /// What the private key is made of, under the recovery code.
    private: Sealed,
}

/// A sealed copy's second line: what anybody may read of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The shop's name, so that its owner knows his file among others.
    pub shop: String,
    /// The book's id.
    pub file_id: String,
    /// When the copy was sealed.
    pub at: DateTime<Utc>,
    lock: Lock,
    /// Base64.
    encapped: String,
}

/// What is named on the label, and the keys that travel.
pub(super) struct Cargo<'a> {
    pub(super) shop: &'a str,
    pub(super) file_id: &'a str,
    pub(super) keys: &'a [(SecretName, Secret)],
    pub(super) at: DateTime<Utc>,
}

impl Lock {
    /// A new pair of keys, the private one sealed under `code`.
    ///
    /// # Errors
    /// The system gives no randomness or no memory.
    pub(super) fn new(code: &RecoveryCode, file_id: &str) -> Result<Self, TillError> {
        let mut seed = [0; 32];
        rand::rngs::SysRng
            .try_fill_bytes(&mut seed)
            .map_err(TillError::internal)?;
        let (_, public) = X25519HkdfSha256::derive_keypair(&seed);
        Ok(Self {
            public: STANDARD.encode(public.to_bytes()),
            private: code.seal(&seed, file_id)?,
        })
    }
}

/// Seals `plain` into a new file, and returns the hash of what was written.
///
/// # Errors
/// [`Code::Stopped`], the trouble of either disk.
pub(super) fn write(
    plain: &Path,
    into: &Path,
    lock: &Lock,
    cargo: &Cargo<'_>,
    watch: &Watch,
) -> Result<Vec<u8>, TillError> {
    let public = decode(&lock.public)?;
    let public = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(&public).map_err(TillError::internal)?;
    let info = info(cargo.file_id);
    let (encapped, mut sealer): (_, Sealer) =
        hpke::setup_sender(&OpModeS::Base, &public, &info).map_err(TillError::internal)?;
    let label = Label {
        shop: cargo.shop.to_owned(),
        file_id: cargo.file_id.to_owned(),
        at: cargo.at,
        lock: lock.clone(),
        encapped: STANDARD.encode(encapped.to_bytes()),
    };
    let line = serde_json::to_string(&label).map_err(TillError::internal)?;
    let keys: Vec<(&str, &str)> = cargo
        .keys
        .iter()
        .map(|(name, secret)| (name.as_str(), secret.expose()))
        .collect();
    let keys = serde_json::to_vec(&keys).map_err(TillError::internal)?;

    let mut source = File::open(plain).map_err(|error| io_trouble(plain, &error))?;
    let all = source
        .metadata()
        .map_err(|error| io_trouble(plain, &error))?
        .len();
    let file = File::create(into).map_err(|error| io_trouble(into, &error))?;
    let mut out = Hashed {
        file,
        hasher: Sha256::new(),
    };
    let trouble = |error: std::io::Error| io_trouble(into, &error);
    out.put(FIRST_LINE.as_bytes()).map_err(trouble)?;
    out.put(format!("{line}\n").as_bytes()).map_err(trouble)?;
    let mut seal = |piece: &[u8], mark: &[u8]| -> Result<(), TillError> {
        let sealed = sealer.seal(piece, mark).map_err(TillError::internal)?;
        let length = u32::try_from(sealed.len()).map_err(TillError::internal)?;
        out.put(&length.to_be_bytes()).map_err(trouble)?;
        out.put(&sealed).map_err(trouble)
    };
    seal(&keys, MORE)?;
    let mut piece = read_piece(&mut source).map_err(|error| io_trouble(plain, &error))?;
    let mut done = 0;
    loop {
        watch.bytes(done, all)?;
        done += u64::try_from(piece.len()).unwrap_or_default();
        let next = read_piece(&mut source).map_err(|error| io_trouble(plain, &error))?;
        seal(&piece, if next.is_empty() { LAST } else { MORE })?;
        if next.is_empty() {
            return Ok(out.hasher.finalize().to_vec());
        }
        piece = next;
    }
}

/// The label of a sealed copy; `None` for a file that is none.
///
/// # Errors
/// The disk's trouble, or [`Code::DatabaseCorrupt`] for a label that cannot be read.
pub fn label(path: &Path) -> Result<Option<Label>, TillError> {
    Ok(begin(path)?.map(|(label, _)| label))
}

/// Opens a sealed copy into a new plain file, and returns the keys that came along.
///
/// # Errors
/// [`Code::RecoveryCode`] for a code that does not open it, [`Code::DatabaseCorrupt`] for a file that was
/// changed or cut off, [`Code::Stopped`], or the disk's trouble.
pub(super) fn open(
    sealed: &Path,
    code: &RecoveryCode,
    into: &Path,
    watch: &Watch,
) -> Result<Vec<(SecretName, Secret)>, TillError> {
    let damaged = || not_whole(sealed, "it is damaged");
    let (label, mut file) = begin(sealed)?.ok_or_else(|| not_whole(sealed, "it is no sealed copy"))?;
    let seed = code.open(&label.lock.private, &label.file_id)?;
    let (private, _) = X25519HkdfSha256::derive_keypair(&seed);
    let encapped = decode(&label.encapped)?;
    let encapped = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(&encapped).map_err(|_| damaged())?;
    let mut opener = hpke::setup_receiver::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &private,
        &encapped,
        &info(&label.file_id),
    )
    .map_err(|_| damaged())?;
    let mut next = |mark: Option<&[u8]>| -> Result<(Vec<u8>, bool), TillError> {
        let piece = sealed_piece(&mut file).map_err(|_| damaged())?;
        // The seal says whether it is the last one. A piece that does not open leaves the count as it was.
        let marks = mark.map_or_else(|| vec![MORE, LAST], |mark| vec![mark]);
        let mut opened = marks
            .into_iter()
            .filter_map(|mark| Some((opener.open(&piece, mark).ok()?, mark == LAST)));
        opened.next().ok_or_else(damaged)
    };
    let (keys, _) = next(Some(MORE))?;
    let mut out = File::create(into).map_err(|error| io_trouble(into, &error))?;
    // A seal adds a little to each piece, so this says somewhat more than will be written.
    let all = std::fs::metadata(sealed)
        .map_err(|error| io_trouble(sealed, &error))?
        .len();
    let mut done = 0;
    loop {
        watch.bytes(done, all)?;
        let (piece, last) = next(None)?;
        done += u64::try_from(piece.len()).unwrap_or_default();
        out.write_all(&piece).map_err(|error| io_trouble(into, &error))?;
        if last {
            break;
        }
    }
    out.sync_all().map_err(|error| io_trouble(into, &error))?;
    let keys: Vec<(String, String)> = serde_json::from_slice(&keys).map_err(|_| damaged())?;
    // A key that this program does not know is a newer Keshia's, and of no use here.
    Ok(keys
        .into_iter()
        .filter_map(|(name, text)| {
            let name = SecretName::ALL.into_iter().find(|known| known.as_str() == name)?;
            Some((name, Secret::new(text)))
        })
        .collect())
}

/// The hash of a file as it is read back.
///
/// # Errors
/// The disk's trouble.
pub(super) fn hash_of(path: &Path) -> Result<Vec<u8>, TillError> {
    let mut file = File::open(path).map_err(|error| io_trouble(path, &error))?;
    let mut hasher = Sha256::new();
    loop {
        let piece = read_piece(&mut file).map_err(|error| io_trouble(path, &error))?;
        if piece.is_empty() {
            return Ok(hasher.finalize().to_vec());
        }
        hasher.update(&piece);
    }
}

fn begin(path: &Path) -> Result<Option<(Label, BufReader<File>)>, TillError> {
    let trouble = |error: std::io::Error| match error.kind() == std::io::ErrorKind::NotFound {
        true => TillError::new(Code::NotFound, format!("There is no file {}.", path.display())),
        false => io_trouble(path, &error),
    };
    if path.is_dir() {
        return Ok(None);
    }
    let mut file = BufReader::new(File::open(path).map_err(trouble)?);
    let mut first = vec![0; FIRST_LINE.len()];
    if file.read_exact(&mut first).is_err() || first != FIRST_LINE.as_bytes() {
        return Ok(None);
    }
    let mut line = String::new();
    let read = file.by_ref().take(LONGEST_LINE).read_line(&mut line);
    read.map_err(|_| not_whole(path, "it is damaged"))?;
    let label = serde_json::from_str(&line).map_err(|_| not_whole(path, "it is damaged"))?;
    Ok(Some((label, file)))
}

fn sealed_piece(file: &mut impl Read) -> std::io::Result<Vec<u8>> {
    let mut length = [0; 4];
    file.read_exact(&mut length)?;
    let length = u32::from_be_bytes(length);
    if length > LONGEST_PIECE {
        return Err(std::io::ErrorKind::InvalidData.into());
    }
    let mut piece = vec![0; length as usize];
    file.read_exact(&mut piece)?;
    Ok(piece)
}

/// Up to one piece; empty at the end.
fn read_piece(file: &mut impl Read) -> std::io::Result<Vec<u8>> {
    let mut piece = Vec::with_capacity(PIECE);
    file.by_ref().take(PIECE as u64).read_to_end(&mut piece)?;
    Ok(piece)
}

/// What a seal is for, so that bytes sealed for anything else do not open.
fn info(file_id: &str) -> Vec<u8> {
    format!("keshia sealed copy 1 {file_id}").into_bytes()
}

fn decode(text: &str) -> Result<Vec<u8>, TillError> {
    STANDARD.decode(text).map_err(|_| {
        TillError::new(
            Code::DatabaseCorrupt,
            "A key of the sealed copies cannot be read.",
        )
    })
}

struct Hashed {
    file: File,
    hasher: Sha256,
}

impl Hashed {
    fn put(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.hasher.update(bytes);
        self.file.write_all(bytes)
    }
}
