#!/usr/bin/env python3
"""Measures PutRecords and GetRecords over the wire: `redeliver serve` beside kinesalite and kinesis-mock, the same bytes to each.

Needs `wrk` (Debian's package of that name), a release build, and the other two on the search path:

    cargo build --release -p redeliver-conformance
    npm install --prefix DIR kinesalite@3.3.3 kinesis-local@0.6.2
    PATH=DIR/node_modules/.bin:$PATH conformance/benches/streams.py

All servers are measured in turn, several rounds, on the same cores as the load generator; the ratio is that of the medians. Each round
has a new process, since all of them keep what was put in memory. Limits of throughput are switched off in redeliver; kinesalite has none.
Aim: at least 10 times the faster of the two in both.
"""

import argparse
import base64
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
import urllib.error
import urllib.request

STREAM = "orders"
OTHERS = ["kinesalite", "kinesis-mock"]
HEADERS = {
    "Content-Type": "application/x-amz-json-1.1",
    "X-Amz-Date": "20250101T000000Z",
    "Authorization": "AWS4-HMAC-SHA256 Credential=test/20250101/us-east-1/kinesis/aws4_request, SignedHeaders=host;x-amz-date, Signature=0",
}


def headers(operation):
    return {**HEADERS, "X-Amz-Target": "Kinesis_20131202." + operation}


def call(url, operation, parameters):
    request = urllib.request.Request(url, json.dumps(parameters).encode(), headers(operation))
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.loads(response.read() or "null")


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def start(name, options):
    """Starts a server; it is ready when it answers."""
    port, environment, folder = free_port(), dict(os.environ), None
    if name == "redeliver":
        command = [options.redeliver, "serve", "--port", str(port), "--limits", "relaxed", *options.serve]
    elif name == "kinesalite":
        command = ["kinesalite", "--port", str(port), "--createStreamMs", "50", "--shardLimit", "100"]
    else:
        command = [shutil.which("kinesis-local")]
        # It looks for its certificate in the folder that it is started in.
        folder = os.path.dirname(os.path.realpath(command[0]))
        environment |= {"KINESIS_MOCK_PLAIN_PORT": str(port), "KINESIS_MOCK_TLS_PORT": str(free_port()), "LOG_LEVEL": "ERROR"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, cwd=folder)
    url = f"http://127.0.0.1:{port}/"
    for _ in range(600):
        try:
            call(url, "ListStreams", {})
            return process, url
        except OSError:
            time.sleep(0.1)
    sys.exit(f"{name} does not answer")


def stop(process):
    process.kill()
    process.wait()


def create(url, shards):
    call(url, "CreateStream", {"StreamName": STREAM, "ShardCount": shards})
    for _ in range(600):
        told = call(url, "DescribeStream", {"StreamName": STREAM})["StreamDescription"]
        if told["StreamStatus"] == "ACTIVE":
            return [shard["ShardId"] for shard in told["Shards"]]
        time.sleep(0.1)
    sys.exit(f"{url}: the stream is never active")


def batch(number, size):
    data = base64.b64encode(b"x" * size).decode()
    return {"StreamName": STREAM, "Records": [{"Data": data, "PartitionKey": f"key-{at}"} for at in range(number)]}


def put(url, parameters):
    told = call(url, "PutRecords", parameters)
    if told["FailedRecordCount"]:
        sys.exit(f"{url} refused records")


def load(url, operation, parameters, options):
    """Requests a second."""
    lines = ['wrk.method = "POST"', f"wrk.body = {json.dumps(json.dumps(parameters))}"]
    lines += [f"wrk.headers[{json.dumps(name)}] = {json.dumps(value)}" for name, value in headers(operation).items()]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write("\n".join(lines))
        file.flush()
        command = ["wrk", "-t", "2", "-c", str(options.connections), "-d", f"{options.seconds}s", "--timeout", "30s", "-s", file.name, url]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in printed:
        sys.exit(f"{url} refused calls:\n{printed}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", printed).group(1))


def one_round(name, options):
    """Records a second, put and got."""
    process, url = start(name, options)
    try:
        create(url, options.shards)
        parameters = batch(options.records, options.size)
        put(url, parameters)
        rate = load(url, "PutRecords", parameters, options)
        # What was taken under load was not left out either.
        put(url, parameters)
    finally:
        stop(process)
    process, url = start(name, options)
    try:
        [shard] = create(url, 1)
        put(url, batch(options.records, options.size))
        where = {"StreamName": STREAM, "ShardId": shard, "ShardIteratorType": "TRIM_HORIZON"}
        parameters = {"ShardIterator": call(url, "GetShardIterator", where)["ShardIterator"], "Limit": options.records}
        found = call(url, "GetRecords", parameters)["Records"]
        if len(found) != options.records:
            sys.exit(f"{name} gives {len(found)} records")
        return rate * options.records, load(url, "GetRecords", parameters, options) * options.records
    finally:
        stop(process)


def main():
    target = os.environ.get("CARGO_TARGET_DIR", "target")
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--redeliver", default=f"{target}/release/redeliver")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--records", type=int, default=100, help="in a batch")
    parser.add_argument("--size", type=int, default=1024, help="bytes of a record")
    parser.add_argument("--shards", type=int, default=4)
    parser.add_argument("--serve", nargs="*", default=[], help="more options of `redeliver serve`")
    options = parser.parse_args()
    for program, remedy in [("wrk", "apt-get install wrk"), ("kinesalite", "npm install"), ("kinesis-local", "npm install")]:
        if not shutil.which(program):
            sys.exit(f"{program} is missing: {remedy}, see the first lines of this file")

    names = ["redeliver", *OTHERS]
    rates = {name: [] for name in names}
    for _ in range(options.rounds):
        for name in names:
            rates[name].append(one_round(name, options))
    for at, operation in enumerate(["PutRecords", "GetRecords"]):
        medians = {}
        for name in names:
            found = [rate[at] for rate in rates[name]]
            medians[name] = statistics.median(found)
            print(f"{name}: {medians[name]:,.0f} records/s by {operation} (from {min(found):,.0f} to {max(found):,.0f})")
        for other in OTHERS:
            print(f"redeliver to {other}, {operation}: {medians['redeliver'] / medians[other]:.0f} (aim: 10)")


if __name__ == "__main__":
    main()
