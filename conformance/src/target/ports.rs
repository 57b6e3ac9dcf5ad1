//! The ports at which a target that is started is reached.

use std::net::{Ipv4Addr, TcpListener};

use super::words::{Words, port_names};
use super::{Container, Program, TargetProblem};

/// A port that nobody uses.
fn free_port() -> Result<u16, TargetProblem> {
    let port = || Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port());
    port().map_err(|error: std::io::Error| TargetProblem::Unreachable(format!("there is no free port: {error}")))
}

/// Chooses a port for a program, and those that its texts name; gives the first.
pub(super) fn for_program(program: &Program, words: &mut Words) -> Result<u16, TargetProblem> {
    let port = free_port()?;
    words.put("port", &port);
    let texts = program.args.iter().chain(program.environment.values()).chain(program.files.values());
    for name in port_names(texts.map(String::as_str)) {
        words.put(format!("port:{name}"), &free_port()?);
    }
    Ok(port)
}

/// Chooses the ports of this machine for those of a container: pairs of inside and here, the main one first.
pub(super) fn for_container(container: &Container, words: &mut Words) -> Result<Vec<(u16, u16)>, TargetProblem> {
    let here = container.host_port.map_or_else(free_port, Ok)?;
    words.put("port", &here);
    let mut ports = vec![(container.port, here)];
    for (name, inside) in &container.ports {
        let here = free_port()?;
        words.put(format!("port:{name}"), &here);
        ports.push((*inside, here));
    }
    Ok(ports)
}
