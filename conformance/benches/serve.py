#!/usr/bin/env python3
"""Measures `redeliver serve`: start, idle memory, and throughput of SendMessage beside a bare hyper server and a moto server.

Needs `wrk` (Debian's package of that name), a release build, and for the last figure `moto_server` on the search path:

    cargo build --release -p redeliver-conformance
    cargo build --release -p redeliver --features server --example bare
    conformance/benches/serve.py

All servers are measured in turn, several rounds, on the same cores as the load generator; the ratio is that of the medians.
Aims: first answer within 20 ms of start, under 15 MB idle, at least 0.6 of the bare server and 50 times moto.
"""

import argparse
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request


def call(url, operation, parameters):
    headers = {"Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": "AmazonSQS." + operation}
    headers["Authorization"] = "AWS4-HMAC-SHA256 Credential=test/20250101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0"
    request = urllib.request.Request(url, json.dumps(parameters).encode(), headers)
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def start(command):
    """Starts a server that tells its address in its first line."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    return process, process.stdout.readline().split()[-1]


def start_moto():
    port = free_port()
    command = ["moto_server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            urllib.request.urlopen(url + "/moto-api/", timeout=5).read()
            return process, url
        except OSError:
            time.sleep(0.1)
    sys.exit("moto_server does not answer")


def stop(process):
    process.terminate()
    process.wait()


def cold_start(redeliver):
    """Milliseconds from the start of the process to the whole answer to its first request."""
    port = free_port()
    body = b'{"QueueName":"q"}'
    request = (
        b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-amz-json-1.0\r\n"
        b"X-Amz-Target: AmazonSQS.CreateQueue\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
    )
    begin = time.perf_counter()
    process = subprocess.Popen([redeliver, "serve", "--port", str(port)], stdout=subprocess.DEVNULL)
    while True:
        try:
            connection = socket.create_connection(("127.0.0.1", port))
            break
        except ConnectionRefusedError:
            time.sleep(0.0002)
    connection.sendall(request)
    answer = b""
    while piece := connection.recv(4096):
        answer += piece
    took = (time.perf_counter() - begin) * 1000
    assert b"200 OK" in answer, answer
    stop(process)
    return took


def idle_memory(redeliver):
    """Megabytes of resident memory after one request."""
    process, url = start([redeliver, "serve", "--port", "0"])
    call(url, "CreateQueue", {"QueueName": "q"})
    with open(f"/proc/{process.pid}/status") as status:
        kilobytes = int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1))
    stop(process)
    return kilobytes / 1024


def throughput(url, queue, options):
    """Requests a second."""
    body = json.dumps({"QueueUrl": queue, "MessageBody": "x" * 1024})
    headers = {"Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": "AmazonSQS.SendMessage"}
    headers["Authorization"] = "AWS4-HMAC-SHA256 Credential=test/20250101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0"
    lines = ['wrk.method = "POST"', f"wrk.body = {json.dumps(body)}"]
    lines += [f"wrk.headers[{json.dumps(name)}] = {json.dumps(value)}" for name, value in headers.items()]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write("\n".join(lines))
        file.flush()
        command = ["wrk", "-t", "2", "-c", str(options.connections), "-d", f"{options.seconds}s", "-s", file.name, url]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in printed:
        sys.exit(f"{url} refused calls:\n{printed}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", printed).group(1))


def one_round(name, options):
    if name == "moto":
        process, url = start_moto()
    elif name == "bare":
        process, url = start([options.bare])
    else:
        process, url = start([options.redeliver, "serve", "--port", "0", *options.serve])
    try:
        queue = f"{url}/000000000000/q" if name == "bare" else call(url, "CreateQueue", {"QueueName": "q"})["QueueUrl"]
        return throughput(url + "/", queue, options)
    finally:
        stop(process)


def main():
    target = os.environ.get("CARGO_TARGET_DIR", "target")
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--redeliver", default=f"{target}/release/redeliver")
    parser.add_argument("--bare", default=f"{target}/release/examples/bare")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--serve", nargs="*", default=[], help="more options of `redeliver serve`")
    options = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is missing: apt-get install wrk")

    starts = [cold_start(options.redeliver) for _ in range(21)]
    print(f"first answer after start: median {statistics.median(starts):.1f} ms, worst {max(starts):.1f} ms (aim: 20 ms)")
    print(f"idle memory: {idle_memory(options.redeliver):.1f} MB (aim: 15 MB)")

    names = ["bare", "redeliver"] + (["moto"] if shutil.which("moto_server") else [])
    rates = {name: [] for name in names}
    for _ in range(options.rounds):
        for name in names:
            rates[name].append(one_round(name, options))
    medians = {name: statistics.median(found) for name, found in rates.items()}
    for name in names:
        print(f"{name}: {medians[name]:,.0f} SendMessage/s (from {min(rates[name]):,.0f} to {max(rates[name]):,.0f})")
    print(f"redeliver to bare: {medians['redeliver'] / medians['bare']:.2f} (aim: 0.6)")
    if "moto" in medians:
        print(f"redeliver to moto: {medians['redeliver'] / medians['moto']:.0f} (aim: 50)")


if __name__ == "__main__":
    main()
