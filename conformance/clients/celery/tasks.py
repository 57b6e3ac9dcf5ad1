"""The tasks of a small shop. Each effect is a line in the file EFFECTS."""

import os
from urllib.parse import urlsplit

from celery import Celery
from celery.exceptions import Reject

QUEUE = os.environ["QUEUE"]
EFFECTS = os.environ["EFFECTS"]

endpoint = urlsplit(os.environ["AWS_ENDPOINT_URL"])
key, secret = os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"]

app = Celery("shop", broker=f"sqs://{key}:{secret}@{endpoint.netloc}//")
app.conf.update(
    task_default_queue=QUEUE,
    # A task is gone when it is done, not when it starts.
    task_acks_late=True,
    worker_prefetch_multiplier=1,
    worker_enable_remote_control=False,
    broker_connection_retry_on_startup=False,
    broker_transport_options={
        "region": os.environ["AWS_REGION"],
        "is_secure": endpoint.scheme == "https",
        "visibility_timeout": 3,
        "wait_time_seconds": 1,
        "polling_interval": 0.1,
        "sqs-creation-attributes": {"RedrivePolicy": os.environ["REDRIVE_POLICY"]},
    },
)


def effect(text):
    with open(EFFECTS, "a", encoding="utf-8") as file:
        file.write(text + "\n")


@app.task
def pay(order):
    effect(f"paid {order}")


@app.task(bind=True, max_retries=2)
def ship(self, order):
    effect(f"try {self.request.retries} of {order}")
    if self.request.retries == 0:
        raise self.retry(countdown=1)
    effect(f"shipped {order}")


@app.task
def refuse(order):
    effect(f"refused {order}")
    raise Reject("nobody can do this", requeue=False)


@app.task
def crash(order):
    if os.path.exists(EFFECTS + ".crashed"):
        effect(f"done after the crash: {order}")
        return
    open(EFFECTS + ".crashed", "w").close()
    os._exit(1)
