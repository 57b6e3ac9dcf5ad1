//! `redeliver health`.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::args::HealthArgs;
use super::output::Output;
use super::problem::Problem;
use crate::exit;
use crate::target::{Endpoint, TargetProblem};

const PATH: &str = "/_redeliver/health";

/// How long a healthy server may take.
const LIMIT: Duration = Duration::from_secs(5);

/// More than a healthy server says.
const ANSWER_BYTES_MAX: u64 = 4096;

/// Asks a server whether it is well.
pub(super) fn health(args: &HealthArgs, output: Output) -> Result<u8, Problem> {
    let url = args.url.clone().unwrap_or_else(|| format!("http://127.0.0.1:{}", args.port));
    let endpoint = Endpoint::parse(&url)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let answer = runtime.block_on(async {
        let late = |_| format!("no answer within {} s", LIMIT.as_secs());
        tokio::time::timeout(LIMIT, ask(&endpoint)).await.map_err(late)?.map_err(|error| error.to_string())
    });
    answer.and_then(|answer| judge(&answer)).map_err(|reason| {
        Problem::from(TargetProblem::Unreachable(format!("no healthy `redeliver serve` at {url}: {reason}")))
    })?;
    output.print("healthy\n")?;
    Ok(exit::OK)
}

/// The whole answer, as text. HTTP/1.0: the server closes the connection after it.
async fn ask(endpoint: &Endpoint) -> std::io::Result<String> {
    let host = endpoint.host().trim_start_matches('[').trim_end_matches(']');
    let mut stream = TcpStream::connect((host, endpoint.port())).await?;
    let request = format!("GET {PATH} HTTP/1.0\r\nHost: {}:{}\r\n\r\n", endpoint.host(), endpoint.port());
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.take(ANSWER_BYTES_MAX).read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

fn judge(answer: &str) -> Result<(), String> {
    let (head, body) = answer.split_once("\r\n\r\n").ok_or("it does not speak HTTP")?;
    let told: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
    if told["name"] == "redeliver" && told["status"] == "ok" {
        return Ok(());
    }
    let status = head.lines().next().unwrap_or_default();
    Err(format!("GET {PATH} answers `{status}`, with `{}`", body.trim()))
}

#[cfg(test)]
mod tests {
    use super::judge;

    #[test]
    fn only_this_server_is_healthy() {
        let answer =
            |status: &str, body: &str| format!("HTTP/1.0 {status}\r\ncontent-type: application/json\r\n\r\n{body}");
        assert_eq!(judge(&answer("200 OK", r#"{"name":"redeliver","status":"ok"}"#)), Ok(()));
        let unhealthy = [
            (answer("404 Not Found", "{}"), "GET /_redeliver/health answers `HTTP/1.0 404 Not Found`, with `{}`"),
            (answer("200 OK", "hello"), "GET /_redeliver/health answers `HTTP/1.0 200 OK`, with `hello`"),
            (String::new(), "it does not speak HTTP"),
        ];
        for (answer, reason) in unhealthy {
            assert_eq!(judge(&answer), Err(reason.to_owned()));
        }
    }
}
