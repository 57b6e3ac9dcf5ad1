"""Ends the run at the first difference, and tells each step that is done."""

import sys

from botocore.exceptions import ClientError


def expect(what, expected, seen):
    if expected != seen:
        print(f"FAILED: {what}\n  expected: {expected!r}\n  seen:     {seen!r}")
        sys.exit(1)


def step(name, done, *arguments):
    result = done(*arguments)
    print(f"ok {name}", flush=True)
    return result


def refused(what, modelled, code, status, call, **parameters):
    try:
        seen = call(**parameters)
    except ClientError as error:
        kind = modelled is None and type(error) is ClientError or modelled is not None and isinstance(error, modelled)
        seen = error.response["ResponseMetadata"]["HTTPStatusCode"]
        expect(what, (True, code, status), (kind, error.response["Error"]["Code"], seen))
    else:
        expect(what, code, seen)
