//! A container that is started for a run and removed with it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use testcontainers::bollard::models::PortBinding;
use testcontainers::bollard::query_parameters::RemoveContainerOptionsBuilder;
use testcontainers::core::client::docker_client_instance;
use testcontainers::core::error::{ClientError, TestcontainersError};
use testcontainers::core::{AccessMode, ContainerPort, Mount};
use testcontainers::runners::AsyncRunner;
use testcontainers::{ContainerAsync, ContainerRequest, GenericImage, ImageExt};
use tokio::runtime::Runtime;

use super::child::tail;
use super::leftovers::{self, Noted};
use super::open::unless;
use super::ready::Watched;
use super::words::Words;
use super::{Container, TargetProblem};
use crate::exec::Cancel;

/// A container that serves a target; it is removed when this is dropped.
#[derive(Debug)]
pub(super) struct Contained {
    image: String,
    // The client's connections belong to this runtime, which outlives each of its calls.
    runtime: Arc<Runtime>,
    container: Option<ContainerAsync<GenericImage>>,
    _noted: Noted,
}

impl Contained {
    /// Starts the container; `ports` are those of this machine by those inside. `folder` is where relative paths of volumes begin.
    pub(super) fn start(
        declared: &Container,
        words: &Words,
        ports: &[(u16, u16)],
        folder: Option<&Path>,
        cancel: &Cancel,
    ) -> Result<Self, TargetProblem> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime
            .map_err(|error| TargetProblem::Unreachable(format!("no runtime for the Docker engine: {error}")))?;
        let runtime = Arc::new(runtime);
        // Named, so that it can be removed also when it was made and did not start.
        let name = format!("redeliver-{:016x}", fastrand::u64(..));
        let noted = leftovers::note({
            let (runtime, name) = (Arc::clone(&runtime), name.clone());
            move || runtime.block_on(remove(&name))
        });
        let request = request(declared, words, ports, folder)?.with_container_name(&name);
        let start = async { request.start().await.map_err(|error| TargetProblem::Unreachable(told(declared, &error))) };
        match runtime.block_on(unless(cancel, start)) {
            Ok(container) => {
                Ok(Self { image: declared.image.clone(), runtime, container: Some(container), _noted: noted })
            }
            Err(error) => {
                runtime.block_on(remove(&name));
                Err(error)
            }
        }
    }

    /// Waits for something that is asked of the Docker engine.
    pub(super) fn block_on<T: Send>(&self, work: impl Future<Output = T> + Send) -> T {
        // On a thread of its own: the caller may be in a runtime of its own, in which no other can be waited for.
        std::thread::scope(|scope| {
            let thread = scope.spawn(|| self.runtime.block_on(work));
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    }

    /// How it ended, if it did.
    pub(super) fn has_ended(&self) -> Option<String> {
        self.block_on(self.ended())
    }

    fn container(&self) -> &ContainerAsync<GenericImage> {
        self.container.as_ref().expect("it is taken only when this is dropped")
    }
}

impl Watched for Contained {
    fn name(&self) -> &str {
        &self.image
    }

    async fn ended(&self) -> Option<String> {
        match self.container().is_running().await {
            Ok(true) => None,
            Ok(false) => {
                let code = self.container().exit_code().await.ok().flatten();
                let code = code.map(|code| format!(" with exit code {code}")).unwrap_or_default();
                Some(format!("the container of `{}` ended{code}{}", self.image, tail(&self.log().await)))
            }
            Err(error) => Some(format!("the container of `{}` is not there any more: {error}", self.image)),
        }
    }

    async fn log(&self) -> String {
        let (out, err) = (self.container().stdout_to_vec().await, self.container().stderr_to_vec().await);
        let bytes = [out.unwrap_or_default(), err.unwrap_or_default()].concat();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Drop for Contained {
    fn drop(&mut self) {
        let Some(container) = self.container.take() else { return };
        // When it cannot be removed, the engine is gone, and nobody is left to hear of it.
        let _ = self.block_on(container.rm());
    }
}

/// What is asked of the Docker engine.
fn request(
    declared: &Container,
    words: &Words,
    ports: &[(u16, u16)],
    folder: Option<&Path>,
) -> Result<ContainerRequest<GenericImage>, TargetProblem> {
    let (name, tag) = declared.name_and_tag().unwrap_or((&declared.image, "latest"));
    let mut image = GenericImage::new(name, tag);
    if let Some(entrypoint) = &declared.entrypoint {
        image = image.with_entrypoint(&words.fill(entrypoint));
    }
    let mut request = image.with_cmd(declared.args.iter().map(|arg| words.fill(arg)));
    for (name, value) in &declared.environment {
        request = request.with_env_var(name, words.fill(value));
    }
    for (inside, here) in ports {
        request = request.with_mapped_port(*here, ContainerPort::Tcp(*inside));
    }
    for volume in &declared.volumes {
        let host = folder.unwrap_or(Path::new("")).join(&volume.host);
        let host: PathBuf = host.canonicalize().map_err(|error| {
            TargetProblem::Unreachable(format!("the volume `{}` is not there: {error}", host.display()))
        })?;
        let mode = if volume.writable { AccessMode::ReadWrite } else { AccessMode::ReadOnly };
        let mount = Mount::bind_mount(host.display().to_string(), &volume.container);
        request = request.with_mount(mount.with_access_mode(mode));
    }
    for (path, text) in &declared.files {
        request = request.with_copy_to(path.as_str(), words.fill(text).into_bytes());
    }
    let ports = ports.to_vec();
    Ok(request.with_host_config_modifier(move |config| {
        config.port_bindings = Some(ports.iter().map(|(inside, here)| on_loopback(*inside, *here)).collect());
    }))
}

/// A port of loopback alone: an emulator has no guard at its door.
fn on_loopback(inside: u16, here: u16) -> (String, Option<Vec<PortBinding>>) {
    let binding = PortBinding { host_ip: Some("127.0.0.1".to_owned()), host_port: Some(here.to_string()) };
    (format!("{inside}/tcp"), Some(vec![binding]))
}

/// Removes a container that may be there.
async fn remove(name: &str) {
    let Ok(client) = docker_client_instance().await else { return };
    let options = RemoveContainerOptionsBuilder::new().force(true).v(true).build();
    // It is not there when it was never made.
    let _ = client.remove_container(name, Some(options)).await;
}

/// Why it could not be started, and what to do.
fn told(declared: &Container, error: &TestcontainersError) -> String {
    let image = &declared.image;
    let install = declared.install.as_ref().map(|install| format!("\nto get it: {install}")).unwrap_or_default();
    match error {
        TestcontainersError::Client(ClientError::PullImage { err, .. }) => {
            format!("the image `{image}` is not here and cannot be pulled: {err}{install}")
        }
        TestcontainersError::Client(
            ClientError::Init(_) | ClientError::Configuration(_) | ClientError::InvalidDockerHost(_),
        ) => {
            format!("no Docker engine answers: {error}\nstart one, or name one in `DOCKER_HOST`")
        }
        TestcontainersError::Client(ClientError::CreateContainer(cause)) if is_unreachable(cause) => {
            format!("no Docker engine answers: {cause}\nstart one, or name one in `DOCKER_HOST`")
        }
        TestcontainersError::Client(ClientError::StartContainer(cause))
            if cause.to_string().contains("already allocated")
                || cause.to_string().contains("address already in use") =>
        {
            format!(
                "a port of `{image}` is taken: {cause}\nleave `host-port` out of its manifest, or end what listens there"
            )
        }
        other => format!("the container of `{image}` did not start: {other}"),
    }
}

/// Whether the engine was not reached at all.
fn is_unreachable(cause: &testcontainers::bollard::errors::Error) -> bool {
    !matches!(cause, testcontainers::bollard::errors::Error::DockerResponseServerError { .. })
}
