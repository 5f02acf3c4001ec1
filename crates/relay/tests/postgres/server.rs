//! PostgreSQL for tests: servers of a test's own, from Debian's packages, on sockets in a folder that is thrown
//! away. No port is opened and no cluster of the system is touched.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The server's programs; without them every test of this engine fails and says what to install.
fn programs() -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    versions
        .map(|version| version.path().join("bin"))
        .filter(|bin| bin.join("initdb").exists())
        .max_by_key(|bin| {
            let version = bin.parent().and_then(Path::file_name).unwrap_or_default();
            version.to_string_lossy().parse::<u32>().unwrap_or_default()
        })
        .expect(
            "PostgreSQL's server is missing: install Debian's package `postgresql` (cargo xtask test does)",
        )
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|about| std::os::unix::fs::MetadataExt::uid(&about) == 0)
}

/// A program of PostgreSQL's, which refuses to run as root.
fn program(name: &str) -> Command {
    let path = programs().join(name);
    if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(path);
        command
    } else {
        Command::new(path)
    }
}

fn done(command: &mut Command) -> String {
    // From a folder that everybody may enter, or it complains.
    let output = command.current_dir("/").stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} failed: {said}");
    String::from_utf8(output.stdout).unwrap()
}

/// A server and its folder. A watchman beside it stops it and removes the folder when this is dropped, and also
/// when the whole test program dies, because then its standard input ends.
pub struct Server {
    folder: PathBuf,
    watchman: Child,
}

impl Server {
    /// An empty one with these settings.
    pub fn start(settings: &[&str]) -> Self {
        let server = Self::prepare();
        server.init();
        server.configure(settings);
        server.begin();
        server
    }

    /// One that answers the network on 127.0.0.1, by TLS only, with this certificate and key (PEM); and its port.
    #[allow(dead_code, reason = "not every test program has one")]
    pub fn start_with_tls(certificate: &str, key: &str) -> (Self, u16) {
        let server = Self::prepare();
        server.init();
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        let listen = format!("listen_addresses = '127.0.0.1'\nport = {port}");
        server.configure(&[&listen, "ssl = on"]);
        let hba = "hostssl all all 127.0.0.1/32 trust\n";
        for (name, text) in [
            ("server.crt", certificate),
            ("server.key", key),
            ("pg_hba.conf", hba),
        ] {
            let file = server.data().join(name);
            fs::write(&file, text).unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
            if is_root() {
                done(Command::new("chown").arg("postgres:").arg(&file));
            }
        }
        drop(free);
        server.begin();
        (server, port)
    }

    /// A standby of another one, called `standby`.
    #[allow(dead_code, reason = "not every test program has one")]
    pub fn standby_of(primary: &Self) -> Self {
        let server = Self::prepare();
        let to = format!(
            "host={} user=postgres application_name=standby",
            primary.folder.display()
        );
        done(
            program("pg_basebackup")
                .args([
                    "--no-sync",
                    "--checkpoint=fast",
                    "--write-recovery-conf",
                    "-d",
                    &to,
                ])
                .arg("-D")
                .arg(server.data()),
        );
        server.configure(&[]);
        server.begin();
        server
    }

    fn init(&self) {
        done(
            program("initdb")
                .args([
                    "--no-sync",
                    "--auth=trust",
                    "--username=postgres",
                    "--encoding=UTF8",
                    "--locale=C",
                ])
                .arg("-D")
                .arg(self.data()),
        );
    }

    fn prepare() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("keshia-pg-")
            .tempdir()
            .unwrap()
            .keep();
        let mut stop = programs().join("pg_ctl").display().to_string();
        if is_root() {
            done(Command::new("chown").arg("postgres:").arg(&folder));
            stop = format!("runuser -u postgres -- {stop}");
        }
        let script = format!(
            "cat > /dev/null; cd /; kill -CONT $(head -1 {0}/data/postmaster.pid) 2> /dev/null
             {stop} -D {0}/data -m immediate stop > /dev/null 2>&1; rm -rf {0}",
            folder.display()
        );
        let watchman = Command::new("sh")
            .args(["-c", &script])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // What stops the test from a keyboard must not stop it too.
            .process_group(0)
            .spawn()
            .unwrap();
        Self { folder, watchman }
    }

    fn configure(&self, settings: &[&str]) {
        let file = self.data().join("postgresql.auto.conf");
        let mut text = fs::read_to_string(&file).unwrap();
        text.push_str("listen_addresses = ''\n");
        // Tests kill processes, not machines: what a process has written, the system keeps.
        text.push_str("fsync = off\n");
        text.push_str(&format!(
            "unix_socket_directories = '{}'\n",
            self.folder.display()
        ));
        for setting in settings {
            text.push_str(setting);
            text.push('\n');
        }
        // Written in place: the file stays its owner's.
        fs::write(&file, text).unwrap();
    }

    /// Starts it, also again.
    pub fn begin(&self) {
        done(
            program("pg_ctl")
                .arg("-D")
                .arg(self.data())
                .arg("-l")
                .arg(self.folder.join("log"))
                .args(["-w", "start"]),
        );
    }

    /// Stops it in order.
    #[allow(dead_code, reason = "not every test program does")]
    pub fn stop(&self) {
        done(
            program("pg_ctl")
                .arg("-D")
                .arg(self.data())
                .args(["-w", "-m", "fast", "stop"]),
        );
    }

    /// Ends all its processes at once, as a power cut does.
    #[allow(dead_code, reason = "not every test program does")]
    pub fn kill(&self) {
        self.signal("KILL");
    }

    /// Sends a signal to all its processes.
    #[allow(dead_code, reason = "not every test program does")]
    pub fn signal(&self, name: &str) {
        let file = fs::read_to_string(self.data().join("postmaster.pid")).unwrap();
        let first = file.lines().next().unwrap();
        let children = fs::read_to_string(format!("/proc/{first}/task/{first}/children")).unwrap();
        // One that ended by itself meanwhile is no failure.
        let kill = format!("kill -{name} {first} {children}");
        Command::new("sh")
            .args(["-c", &kill])
            .stderr(Stdio::null())
            .status()
            .unwrap();
    }

    /// Lets nothing more out to standbys, as a cut cable does.
    #[allow(dead_code, reason = "not every test program does")]
    pub fn stop_sending(&self) {
        let senders = self
            .sql("postgres", "SELECT pid FROM pg_stat_replication")
            .replace('\n', " ");
        done(Command::new("sh").args(["-c", &format!("kill -STOP {senders}")]));
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// Where its socket is.
    pub fn host(&self) -> &Path {
        &self.folder
    }

    /// Runs SQL in a database and gives back what it answers, unaligned.
    #[allow(dead_code, reason = "not every test program does")]
    pub fn sql(&self, database: &str, sql: &str) -> String {
        let said = done(
            program("psql")
                .args(["-X", "-A", "-t", "-U", "postgres", "-h"])
                .arg(self.host())
                .args(["-d", database, "-c", sql]),
        );
        said.trim().to_owned()
    }
}

/// The address of a database on any of these servers.
pub fn store(servers: &[&Server], database: &str) -> String {
    let host = |server: &&Server| format!("&host={}", server.host().display());
    let hosts: String = servers.iter().map(host).collect();
    format!("postgres:///{database}?user=postgres{hosts}")
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.watchman.stdin.take());
        // However it ended: what could not be stopped or removed is the system's to tidy.
        let _ = self.watchman.wait();
    }
}
