//! `redeliver serve`.

use std::fmt::Write as _;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use redeliver::server::{Auth, Bucket, Keys, Place, Server, Settings, StartProblem, Tls};
use redeliver::{Builder, Harness, Limits, Profile as Reference, Timestamp};

use super::faults::{ChaosProblem, faults};
use super::output::Output;
use super::problem::Problem;
use super::serve_args::{AuthMode, ServeArgs, Strictness};
use crate::exit;
use crate::run::interrupt;
use crate::target::Profile;

/// Threads that serve, however few cores there are.
const WORKERS_MIN: usize = 4;

/// Why nothing is served.
#[derive(Debug, thiserror::Error)]
pub(super) enum ServeProblem {
    /// The server could not start.
    #[error(transparent)]
    Start(#[from] StartProblem),
    /// Faults that cannot be.
    #[error(transparent)]
    Chaos(#[from] ChaosProblem),
    /// A file could not be written.
    #[error("cannot write `{}`: {source}", path.display())]
    Write { path: PathBuf, source: io::Error },
}

/// Serves until it is told to stop.
pub(super) fn serve(args: &ServeArgs, output: Output) -> Result<u8, Problem> {
    log_to_standard_error(args, output);
    raise_descriptor_limit();
    // Twice as many as there are cores: one that waits for the world's lock leaves its core to another. Measured, a twentieth more calls.
    let workers = std::thread::available_parallelism().map_or(WORKERS_MIN, |cores| (cores.get() * 2).max(WORKERS_MIN));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(workers).enable_all().build()?;
    runtime.block_on(async {
        let stop = stop_signal()?;
        let settings = settings(args)?;
        let certificate = settings.tls.as_ref().filter(|_| args.tls_cert.is_none()).map(Tls::certificate);
        let certificate = certificate.map(|text| write_certificate(args, text)).transpose()?;
        if !args.bind.is_loopback() && args.auth == AuthMode::Open {
            tracing::warn!(address = %args.bind, "whoever reaches this address can do everything: `--auth verify` asks for signatures");
        }
        if args.history == 0 {
            tracing::warn!("no history is kept (`--history 0`): `/_redeliver/history` tells none, and what is dropped as on AWS is not logged");
        }
        let server = Server::bind(&harness(args), settings).await.map_err(ServeProblem::from)?;
        let mut told = format!("redeliver is listening on {}\n", server.url());
        if let Some(path) = &certificate {
            let _ = writeln!(told, "certificate: {}", path.display());
        }
        output.print(&told)?;
        server.run(stop).await;
        if let Some(path) = certificate.filter(|_| args.tls_out.is_none()) {
            // A file that is left over harms nobody.
            let _ = std::fs::remove_file(path);
        }
        Ok(exit::OK)
    })
}

fn harness(args: &ServeArgs) -> Harness {
    let mut limits = match args.limits {
        Strictness::Strict => Limits::default(),
        Strictness::Relaxed => Limits::relaxed(),
    };
    if let Some(transitions) = args.transitions {
        limits.stream_transition_ms = u64::try_from(transitions.as_millis()).unwrap_or(u64::MAX);
    }
    if let Some(strictness) = args.call_rates {
        limits.stream_call_rates = strictness == Strictness::Strict;
    }
    limits.policies = args.policies == Strictness::Strict;
    let profile = match args.profile {
        Profile::Calm => Reference::Calm,
        Profile::Lifelike => Reference::Lifelike,
    };
    let harness = Harness::builder().seed(args.seed).start_at(now()).limits(limits).profile(profile);
    let harness = args.function.iter().fold(harness, |harness, (name, url)| harness.function(name, url));
    let harness = args.channel_folder.iter().fold(harness, Builder::channel_folder);
    harness.record_events(args.history > 0).account(&args.account).region(&args.region).build()
}

/// Served time starts as real time.
#[expect(clippy::disallowed_methods, reason = "the clock of a server starts at the time that its clients have")]
pub(super) fn now() -> Timestamp {
    let passed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    Timestamp(0) + passed
}

fn settings(args: &ServeArgs) -> Result<Settings, ServeProblem> {
    let keys = || -> Keys {
        let given = if args.access_key.is_empty() { vec!["test:test".parse()] } else { Vec::new() };
        args.access_key.iter().cloned().chain(given.into_iter().flatten()).collect()
    };
    let address = SocketAddr::new(args.bind, args.port);
    let tls = match (&args.tls_cert, &args.tls_key) {
        (Some(certificate), Some(key)) => Some(Tls::read(certificate, key)?),
        _ if args.tls => Some(Tls::self_signed(&names(args.bind))?),
        _ => None,
    };
    let wished = |wish: &String| faults(wish, args.chaos_seed, args.seed, Place::Serve);
    Ok(Settings {
        address,
        faults: args.chaos.as_ref().map(wished).transpose()?,
        tls,
        auth: match args.auth {
            AuthMode::Open => Auth::Open,
            AuthMode::Verify => Auth::Verify(keys()),
        },
        control: !args.no_control,
        control_hosts: args.control_host.clone(),
        webhook_hosts: args.webhook_host.clone(),
        channel_bucket: args.channel_endpoint.as_ref().map(|url| Bucket::new(url, args.channel_key.clone())),
        history_bytes: args.history << 20,
        ..Settings::default()
    })
}

/// What a generated certificate is for.
fn names(bind: IpAddr) -> Vec<String> {
    let mut names = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).to_vec();
    let own = bind.to_string();
    if !bind.is_unspecified() && !names.contains(&own) {
        names.push(own);
    }
    names
}

/// Writes a generated certificate where it was asked for, else into a file of its own in the folder for temporary files.
fn write_certificate(args: &ServeArgs, text: &str) -> Result<PathBuf, ServeProblem> {
    let path = args
        .tls_out
        .clone()
        .unwrap_or_else(|| std::env::temp_dir().join(format!("redeliver-{}.pem", std::process::id())));
    std::fs::write(&path, text).map_err(|source| ServeProblem::Write { path: path.clone(), source })?;
    Ok(path)
}

/// Comes back at the first of SIGINT and SIGTERM. A second one ends the process at once.
pub(super) fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    let (tell, told) = tokio::sync::oneshot::channel();
    interrupt::tell_first(move |_| {
        // Whoever waited may have ended by itself.
        let _ = tell.send(());
    })?;
    Ok(async {
        // The other end lives as long as the process.
        let _ = told.await;
    })
}

fn log_to_standard_error(args: &ServeArgs, output: Output) {
    let Some(level) = args.log.level() else { return };
    let subscriber =
        tracing_subscriber::fmt().with_max_level(level).with_ansi(output.watched()).with_writer(io::stderr).finish();
    // It fails when a program that holds this library has a subscriber of its own, which is then the one that is wanted.
    let _ = tracing::subscriber::set_global_default(subscriber);
}

/// Each connection takes a file descriptor; the soft limit is often 1,024.
fn raise_descriptor_limit() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let limit = getrlimit(Resource::Nofile);
        // Without it the server works, for fewer clients.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum });
    }
}
