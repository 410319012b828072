"""Answers questions by running ConsoleMe itself: one JSON request a line in, one JSON answer a line out.

The parent imports what is slow and foreign (AWS's libraries, the web server, moto) and never
`consoleme`; each request runs in a forked child that imports ConsoleMe afresh, since ConsoleMe
reads its configuration while it is imported. A child that exceeds its limit is killed. The parent
ends, and ends its children, when its standard input closes.

AWS is moto's mock inside the process. No connection leaves the loopback interface.
"""

import collections
import datetime
import gc
import json
import os
import selectors
import shutil
import signal
import sys
import tempfile
import time
import traceback

WORKERS = 3
NODES = 300_000  # aliases can expand without end; no honest document has as many nodes


# ---------------------------------------------------------------------------- values, with types


class TooLarge(Exception):
    """The value has more nodes than an answer may carry."""


def typed(value):
    """The value as a flat list of JSON tokens, containers before what they hold.

    Flat, since neither side's JSON reader takes a deep document; typed, since JSON knows no bytes,
    dates or tuples, and no keys but text.
    """
    tokens, opened = [], {}

    def walk(value):
        if len(tokens) > NODES:
            raise TooLarge(f"more than {NODES} nodes")
        kind = type(value)
        if value is None or kind is bool:
            tokens.append(value)
        elif kind is str:
            tokens.append(text(value))
        elif kind is int:
            # hex(), for str() refuses integers of more than 4,300 digits
            tokens.append(value if abs(value) < 2**53 else {"int": hex(value)})
        elif kind is float:
            tokens.append({"float": repr(value)})
        elif kind is bytes:
            tokens.append({"bytes": value.hex()})
        elif kind is datetime.datetime:
            tokens.append({"datetime": str(value)})
        elif kind is datetime.date:
            tokens.append({"date": str(value)})
        elif id(value) in opened:
            tokens.append({"ancestor": opened[id(value)]})
        else:
            opened[id(value)] = len(opened)
            if kind is dict:
                tokens.append({"map": len(value)})
                for key, item in value.items():
                    walk(key)
                    walk(item)
            elif kind in (list, tuple):
                tokens.append({kind.__name__: len(value)})
                for item in value:
                    walk(item)
            elif kind is set:
                tokens.append({"set": len(value)})
                for item in sorted(value, key=repr):
                    walk(item)
            else:
                raise TypeError(f"the harness has no word for a {kind.__name__}")
            del opened[id(value)]

    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    try:
        walk(value)
    finally:
        sys.setrecursionlimit(limit)
    return tokens


def text(value):
    try:
        value.encode("utf-8")
        return value
    except UnicodeEncodeError:
        return {"points": [ord(character) for character in value]}


def raised(error):
    """What a person would read of an exception: class, message, and ConsoleMe's innermost line."""
    place = None
    for frame in traceback.extract_tb(error.__traceback__):
        _, package, path = frame.filename.rpartition("/site-packages/consoleme/")
        if package:
            place = f"consoleme/{path}:{frame.lineno}"
    return {"class": type(error).__name__, "message": printable(str(error)), "place": place}


def printable(text):
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def outcome(job):
    try:
        return {"value": typed(job())}
    except Exception as error:
        return {"error": raised(error)}


# ------------------------------------------------------------------------------------------ jobs


def yaml_job(request):
    """`yaml.safe_load` of many texts."""
    import yaml

    return [outcome(lambda: yaml.safe_load(document)) for document in request["texts"]]


def yaml_files_job(request):
    """`yaml.safe_load` of many files, each opened as ConsoleMe opens its own (config.py:207)."""
    import yaml

    def load(data):
        with open("document.yaml", "wb") as file:
            file.write(data)
        with open("document.yaml", "r") as file:
            return yaml.safe_load(file)

    # a byte travels as the character of the same number
    return [outcome(lambda: load(data.encode("latin-1"))) for data in request["files"]]


JOBS = {"yaml": yaml_job, "yaml_files": yaml_files_job}


# ------------------------------------------------------------------- the parent and its children


def preload():
    import yaml  # noqa: F401


class Child:
    """A request under way: the child's process, the pipe its answer comes through, its deadline."""

    def __init__(self, request):
        self.id = request["id"]
        self.limit = request["limit"]
        self.scratch = tempfile.mkdtemp(prefix="consoleme-")
        self.answer = bytearray()
        self.deadline = time.monotonic() + self.limit
        self.pipe, end = os.pipe()
        self.process = os.fork()
        if self.process == 0:
            os.setpgid(0, 0)
            os.close(self.pipe)
            run(request, self.scratch, end)
        os.close(end)

    def finish(self, timed_out=False):
        try:
            os.killpg(self.process, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass  # it has ended, or has not yet become a group's leader
        try:
            os.kill(self.process, signal.SIGKILL)
        except ProcessLookupError:
            pass
        os.waitpid(self.process, 0)
        os.close(self.pipe)
        if timed_out:
            answer = {"broken": f"no answer within {self.limit} s"}
        elif self.answer:
            answer = json.loads(self.answer)
        else:
            answer = {"broken": f"the child ended without an answer: {self.last_words()}"}
        shutil.rmtree(self.scratch, ignore_errors=True)
        return {"id": self.id, **answer}

    def last_words(self):
        with open(os.path.join(self.scratch, "output"), errors="replace") as file:
            return file.read()[-2000:]


def run(request, scratch, end):
    """The child's whole life."""
    signal.alarm(int(request["limit"]) + 5)  # should the parent be gone when the limit is reached
    nothing = os.open(os.devnull, os.O_RDONLY)
    output = os.open(os.path.join(scratch, "output"), os.O_WRONLY | os.O_CREAT, 0o600)
    os.dup2(nothing, 0)
    os.dup2(output, 1)  # ConsoleMe logs to its standard output
    os.dup2(output, 2)
    os.makedirs(os.path.join(scratch, "work"))
    os.chdir(os.path.join(scratch, "work"))
    try:
        answer = {"answer": JOBS[request["job"]](request)}
    except BaseException:
        answer = {"broken": traceback.format_exc()}
    data = json.dumps(answer).encode()
    while data:
        data = data[os.write(end, data) :]
    os._exit(0)  # no waiting for the threads that ConsoleMe started


def serve():
    preload()
    gc.freeze()
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    waiting, running, line = collections.deque(), {}, bytearray()
    watch = selectors.DefaultSelector()
    watch.register(0, selectors.EVENT_READ)

    def close(child, timed_out=False):
        watch.unregister(child.pipe)
        del running[child.pipe]
        answer = child.finish(timed_out)
        answers.write(json.dumps(answer).encode() + b"\n")

    while True:
        while waiting and len(running) < WORKERS:
            child = Child(json.loads(waiting.popleft()))
            running[child.pipe] = child
            watch.register(child.pipe, selectors.EVENT_READ)
        soonest = min((child.deadline for child in running.values()), default=None)
        patience = None if soonest is None else max(0.0, soonest - time.monotonic())
        for key, _ in watch.select(patience):
            data = os.read(key.fd, 1 << 20)
            if key.fd == 0:
                if not data:
                    for child in list(running.values()):
                        child.finish()
                    return
                line += data
                *lines, rest = line.split(b"\n")
                waiting.extend(bytes(one) for one in lines)
                line = bytearray(rest)
            elif data:
                running[key.fd].answer += data
            else:
                close(running[key.fd])
        now = time.monotonic()
        for child in [child for child in running.values() if child.deadline <= now]:
            close(child, timed_out=True)


if __name__ == "__main__":
    serve()
