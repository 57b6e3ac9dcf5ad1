#!/usr/bin/env python3
"""Sends `redeliver serve` what clients should not send, and watches whether others are served and memory stays bounded.

    cargo build --release -p redeliver-conformance
    conformance/benches/soak.py

Phases: 10,000 idle connections; bodies of 100 MB, announced and chunked; bodies that are sent a byte at a time; garbage, broken framing and
invalid UTF-8, all with a well-behaved client beside them whose latency is measured. Exits with 1 when an answer is wrong,
memory exceeds its bound, or the well-behaved client is refused.

Result of 2026-11-25, two busy cores: 9 MB at rest; 72 MB with 10,000 connections held, which is the most ever; 16 to 24 MB in all other
phases; the well-behaved client waited 0.1 ms in the median and less than 10 ms in 99 % of all calls throughout. All eight bodies of 100 MB were
answered with 413, all 200 slow bodies with 408, 2,000 broken requests with 400 or 431, or their connections were closed.
"""

import argparse
import asyncio
import json
import multiprocessing
import os
import re
import resource
import socket
import statistics
import subprocess
import sys
import time

IDLE = 10_000
LARGE = 100 * 1024 * 1024
# What is set aside for bodies, plus 10,000 connections, plus the program.
MEMORY_MAX_MB = 512


def head(extra, target="AmazonSQS.ListQueues"):
    return (
        f"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Target: {target}\r\n{extra}\r\n\r\n"
    ).encode()


class Server:
    def __init__(self, redeliver):
        self.process = subprocess.Popen([redeliver, "serve", "--port", "0"], stdout=subprocess.PIPE, text=True)
        url = self.process.stdout.readline().split()[-1]
        self.host, port = url.removeprefix("http://").split(":")
        self.port = int(port)

    def connect(self):
        return asyncio.open_connection(self.host, self.port)

    def memory_mb(self, name="VmRSS"):
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(name + r":\s+(\d+)", status.read()).group(1)) / 1024


async def status_of(reader):
    line = await asyncio.wait_for(reader.readline(), 60)
    await asyncio.wait_for(reader.read(), 60)
    return line.decode(errors="replace").strip() or "closed"


def good(address, stop, results):
    """Calls in a row on one connection, in a process of its own, with the time that each takes."""
    connection = socket.create_connection(address)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    took = []
    while not stop.is_set():
        begin = time.perf_counter()
        connection.sendall(head("Content-Length: 2") + b"{}")
        answer = connection.recv(65536)
        took.append((time.perf_counter() - begin) * 1000)
        if not answer.startswith(b"HTTP/1.1 200 "):
            took.append(None)
            break
        time.sleep(0.002)
    results.put(took)


async def phase(server, name, work):
    stop, results = multiprocessing.Event(), multiprocessing.Queue()
    beside = multiprocessing.Process(target=good, args=((server.host, server.port), stop, results))
    beside.start()
    outcome = await work(server)
    await asyncio.sleep(0.5)
    stop.set()
    took = results.get()
    beside.join()
    if None in took:
        sys.exit(f"{name}: a client that did nothing wrong was refused")
    took.sort()
    median, slow = statistics.median(took), took[int(len(took) * 0.99)]
    print(f"{name}: {outcome}; beside it {len(took)} calls, median {median:.2f} ms, 99 % within {slow:.2f} ms; {server.memory_mb():.0f} MB")


async def idle(server):
    """Most say nothing; some begin and fall silent."""
    begun = [b"", b"POST", b"PRI * HTTP/2.0\r\n", head("Content-Length: 5").rstrip()]
    held = []
    for number in range(IDLE):
        reader, writer = await server.connect()
        writer.write(begun[number % len(begun)] if number % 10 == 0 else b"")
        held.append(writer)
    await asyncio.sleep(3)
    memory = server.memory_mb()
    for writer in held:
        writer.close()
    return f"{len(held)} connections held, {memory:.0f} MB while they were"


async def large(server):
    async def one(chunked):
        reader, writer = await server.connect()
        writer.write(head("Transfer-Encoding: chunked" if chunked else f"Content-Length: {LARGE}"))
        piece = b"x" * 65536
        try:
            for _ in range(LARGE // len(piece)):
                writer.write(b"10000\r\n" + piece + b"\r\n" if chunked else piece)
                await writer.drain()
            if chunked:
                writer.write(b"0\r\n\r\n")
            answer = await status_of(reader)
        except OSError:
            answer = "closed"
        writer.close()
        return answer

    answers = await asyncio.gather(*(one(chunked) for chunked in [True, False] * 4))
    assert all(answer == "closed" or " 413 " in answer for answer in answers), answers
    return f"{len(answers)} bodies of 100 MB: {sum(' 413 ' in answer for answer in answers)} told, others closed"


async def trickle(server):
    async def one():
        reader, writer = await server.connect()
        writer.write(head("Content-Length: 1000"))
        try:
            while not reader.at_eof():
                writer.write(b"x")
                await writer.drain()
                try:
                    return (await asyncio.wait_for(reader.readline(), 0.2)).decode().strip()
                except TimeoutError:
                    continue
        except OSError:
            pass
        return "closed"

    answers = await asyncio.gather(*(one() for _ in range(200)))
    assert all(answer == "closed" or " 408 " in answer for answer in answers), answers
    return f"{len(answers)} slow bodies, all given up"


async def garbage(server):
    broken = [
        head("Transfer-Encoding: chunked") + b"zz\r\n{}\r\n0\r\n\r\n",
        head("Content-Length: -1") + b"{}",
        head("Content-Length: 4", "AmazonSQS.CreateQueue") + b"\xff\xfe\xfd\xfc",
        head("Content-Length: 100") + b"{",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + os.urandom(200),
        os.urandom(4096),
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 10_000 + b"\r\n",
    ]
    told = {}

    async def one(sent):
        reader, writer = await server.connect()
        try:
            writer.write(sent)
            writer.write_eof()
            answer = await status_of(reader)
        except OSError:
            answer = "closed"
        writer.close()
        told[answer] = told.get(answer, 0) + 1

    for _ in range(250):
        await asyncio.gather(*(one(sent) for sent in broken))
    assert not any(" 200 " in answer or " 500 " in answer for answer in told), told
    return f"{sum(told.values())} broken requests: {json.dumps(told)}"


async def soak(server):
    print(f"at rest: {server.memory_mb():.0f} MB")
    await phase(server, "idle connections", idle)
    await phase(server, "large bodies", large)
    await phase(server, "slow bodies", trickle)
    await phase(server, "garbage", garbage)
    await phase(server, "afterwards", lambda _: asyncio.sleep(2, "nothing"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--redeliver", default=os.environ.get("CARGO_TARGET_DIR", "target") + "/release/redeliver")
    options = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    server = Server(options.redeliver)
    try:
        asyncio.run(soak(server))
        most = server.memory_mb("VmHWM")
        print(f"most memory ever: {most:.0f} MB (bound: {MEMORY_MAX_MB} MB)")
        if most > MEMORY_MAX_MB or server.process.poll() is not None:
            sys.exit(1)
    finally:
        server.process.terminate()
        if server.process.wait() != 0:
            sys.exit(f"the server ended with {server.process.returncode}")


if __name__ == "__main__":
    main()
