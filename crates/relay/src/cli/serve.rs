//! `keshia-relay serve`.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use ipnet::IpNet;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use super::{Place, said};
use crate::hooks::HookKey;
use crate::log::EventLog;
use crate::relay::{Relay, Settings};
use crate::server::{Tls, serve};
use crate::source::Proxies;

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8765")]
    listen: SocketAddr,
    /// A network whose `Forwarded` or `X-Forwarded-For` is believed. May be given several times.
    #[arg(long = "trusted-proxy", value_name = "CIDR")]
    proxies: Vec<IpNet>,
    /// The certificate chain, PEM. Read again on SIGHUP.
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The certificate's key, PEM.
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Open connections in all.
    #[arg(long, value_name = "COUNT", default_value_t = Settings::default().most_connections)]
    connections: usize,
    /// Open connections of one address that is no trusted proxy.
    #[arg(long, value_name = "COUNT", default_value_t = Settings::default().most_connections_each)]
    connections_each: usize,
    /// How many times as much as of a usual shop (20 posts a second) and its counters is no flood.
    #[arg(long, value_name = "COUNT", default_value = "1")]
    busy: NonZeroU32,
}

impl Serve {
    pub(super) async fn run(self, place: &Place) -> Result<(), String> {
        let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
        // Nobody else sets a subscriber in this process; were it so, that one would do.
        let _ = tracing_subscriber::fmt()
            .json()
            .with_env_filter(filter)
            .with_writer(std::io::stderr)
            .try_init();
        allow_sockets(self.connections);
        let served = place.store.open_to_serve().await?;
        let hooks = place.hook_key()?;
        is_its_key(served.log.as_ref(), &hooks).await?;
        let tls = match (&self.tls_cert, &self.tls_key) {
            (Some(certificate), Some(key)) => Some(Arc::new(Tls::open(certificate, key)?)),
            (Some(_) | None, _) => None,
        };
        let settings = Settings {
            proxies: Proxies::new(self.proxies),
            most_connections: self.connections,
            most_connections_each: self.connections_each,
            busy: self.busy,
            ..Settings::default()
        };
        let relay = Relay::new(Arc::clone(&served.log), hooks, settings);
        let listener = TcpListener::bind(self.listen).await.map_err(said)?;
        let serving = serve(listener, Arc::clone(&relay), tls.clone()).map_err(said)?;
        let scheme = if tls.is_some() { "https" } else { "http" };
        println!("keshia-relay listening on {scheme}://{}", serving.address);
        signals(&relay, tls).await?;
        serving.ended.await.map_err(said)
    }
}

/// A key file that was lost or mistaken would give new counters wrong paths.
async fn is_its_key(log: &dyn EventLog, hooks: &HookKey) -> Result<(), String> {
    let shops = log.shops().await.map_err(said)?;
    match shops.iter().find(|shop| hooks.hook(&shop.id).hash() != shop.hook) {
        Some(shop) => Err(format!(
            "the key file is not the one that the path of {} was made with",
            shop.name
        )),
        None => Ok(()),
    }
}

/// Until it is told to stop.
#[cfg(unix)]
async fn signals(relay: &Relay, tls: Option<Arc<Tls>>) -> Result<(), String> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).map_err(said)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(said)?;
    let mut hang_up = signal(SignalKind::hangup()).map_err(said)?;
    loop {
        tokio::select! {
            _ = terminate.recv() => break,
            _ = interrupt.recv() => break,
            _ = hang_up.recv() => match tls.as_ref().map(|tls| tls.reload()) {
                Some(Ok(())) => tracing::info!("the certificate was read again"),
                Some(Err(error)) => tracing::error!(error, "the new certificate is no good, the old one stays"),
                None => {}
            },
        }
    }
    tracing::info!("stopping");
    relay.stop();
    Ok(())
}

#[cfg(not(unix))]
async fn signals(relay: &Relay, _tls: Option<Arc<Tls>>) -> Result<(), String> {
    tokio::signal::ctrl_c().await.map_err(said)?;
    relay.stop();
    Ok(())
}

/// Lets this process open as many sockets as it is meant to serve, as far as the system allows.
#[cfg(unix)]
fn allow_sockets(connections: usize) {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let wanted = u64::try_from(connections).unwrap_or(u64::MAX).saturating_add(256);
    let mut limit = getrlimit(Resource::Nofile);
    if limit.current.is_none_or(|now| now >= wanted) {
        return;
    }
    limit.current = Some(limit.maximum.map_or(wanted, |most| most.min(wanted)));
    if setrlimit(Resource::Nofile, limit).is_err() || limit.current != Some(wanted) {
        tracing::warn!(connections, "the system allows fewer open files than connections");
    }
}

#[cfg(not(unix))]
fn allow_sockets(_connections: usize) {}
