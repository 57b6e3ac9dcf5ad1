"""A worker of Celery over SQS: tasks run, are tried again, end in the dead-letter queue, and outlive a crash of the worker."""

import atexit
import base64
import json
import os
import subprocess
import sys
import tempfile
import time
import uuid

import boto3
import celery
import kombu

RUN = uuid.uuid4().hex[:12]
FOLDER = tempfile.TemporaryDirectory()
EFFECTS = os.path.join(FOLDER.name, "effects")
sqs = boto3.client("sqs")
workers = []


def fail(what, expected, seen):
    print(f"FAILED: {what}\n  expected: {expected!r}\n  seen:     {seen!r}")
    for worker in workers:
        worker.kill()
        print(worker.communicate()[0])
    sys.exit(1)


def expect(what, expected, seen):
    if expected != seen:
        fail(what, expected, seen)


def become(what, expected, look, seconds=20):
    for _ in range(seconds * 10):
        seen = look()
        if seen == expected:
            return
        time.sleep(0.1)
    fail(f"{what}, within {seconds} s", expected, seen)


def effects():
    if not os.path.exists(EFFECTS):
        return []
    with open(EFFECTS, encoding="utf-8") as file:
        return sorted(file.read().split("\n")[:-1])


def clear():
    if os.path.exists(EFFECTS):
        os.remove(EFFECTS)


def start_worker():
    command = [sys.executable, "-m", "celery", "--app", "tasks", "worker", "--pool", "solo", "--loglevel", "INFO"]
    command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    worker = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    workers.append(worker)
    # However this ends; it does nothing to one that has ended.
    atexit.register(worker.kill)
    return worker


def counts(url):
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"]
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
    return tuple(found[name] for name in names)


def create():
    dead = sqs.create_queue(QueueName=f"{RUN}-dead")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    os.environ.update(
        QUEUE=f"{RUN}-celery",
        EFFECTS=EFFECTS,
        REDRIVE_POLICY=json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 2}),
    )
    # Makes the queue, as Celery does at the first task.
    from tasks import app, pay

    pay.delay("order 0")
    url = sqs.get_queue_url(QueueName=f"{RUN}-celery")["QueueUrl"]
    expect("visibility timeout", "3", sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]["VisibilityTimeout"])
    return app, url, dead


def run_tasks(url):
    from tasks import pay

    for number in range(1, 10):
        pay.delay(f"order {number}")
    become("effects", [f"paid order {number}" for number in range(10)], effects)
    become("nothing is left", ("0", "0", "0"), lambda: counts(url))
    clear()


def retry(url):
    from tasks import ship

    ship.delay("parcel")
    become("effects", ["shipped parcel", "try 0 of parcel", "try 1 of parcel"], effects)
    become("nothing is left", ("0", "0", "0"), lambda: counts(url))
    clear()


def dead_letter(dead):
    from tasks import refuse

    refuse.delay("odd order")
    become("dead letters", ("1", "0", "0"), lambda: counts(dead))
    expect("effects", ["refused odd order"] * 2, effects())
    [message] = sqs.receive_message(QueueUrl=dead)["Messages"]
    expect("task", "tasks.refuse", json.loads(base64.b64decode(message["Body"]))["headers"]["task"])
    clear()


def outlive_a_crash(worker, url):
    from tasks import crash

    crash.delay("order 11")
    try:
        expect("exit status", 1, worker.wait(timeout=20))
    except subprocess.TimeoutExpired:
        fail("the worker crashes", "exit status 1", "it runs")
    expect("effects", [], effects())
    second = start_worker()
    become("effects", ["done after the crash: order 11"], effects)
    become("nothing is left", ("0", "0", "0"), lambda: counts(url))
    second.terminate()
    try:
        expect("exit status", 0, second.wait(timeout=20))
    except subprocess.TimeoutExpired:
        fail("the worker stops", "exit status 0", "it runs")


def clean_up(urls):
    for url in urls:
        sqs.delete_queue(QueueUrl=url)
    expect("queues left", [], sqs.list_queues(QueueNamePrefix=RUN).get("QueueUrls", []))


def step(name, done, *arguments):
    result = done(*arguments)
    print(f"ok {name}", flush=True)
    return result


print(f"celery {celery.__version__} kombu {kombu.__version__} {os.environ['AWS_ENDPOINT_URL']}")
app, url, dead = step("create", create)
first = start_worker()
step("tasks run", run_tasks, url)
step("retry", retry, url)
step("dead letter", dead_letter, dead)
step("a worker crashes", outlive_a_crash, first, url)
step("clean up", clean_up, [url, dead])
