"""Answers questions by running ConsoleMe itself: one JSON request a line in, one JSON answer a line out.

The parent imports what is slow and foreign and never ConsoleMe; each request runs in a forked
child that imports ConsoleMe afresh, since ConsoleMe reads its configuration while it is imported.
A child that exceeds its limit is killed. The parent ends, and ends its children, when its standard
input closes.
"""

import collections
import gc
import json
import os
import selectors
import shutil
import signal
import tempfile
import time
import traceback

import surroundings
from jobs import JOBS

WORKERS = 3


class Child:
    """A request under way: the process, the pipe that its answer comes through, its deadline."""

    def __init__(self, request):
        self.id = request["id"]
        self.limit = request["limit"]
        self.scratch = tempfile.mkdtemp(prefix="consoleme-")
        self.answer = bytearray()
        self.deadline = time.monotonic() + self.limit
        self.pipe, end = os.pipe()
        self.process = os.fork()
        if self.process == 0:
            os.close(self.pipe)
            run(request, self.scratch, end)
        os.close(end)

    def finish(self, timed_out=False):
        os.kill(self.process, signal.SIGKILL)  # a child that has ended waits for waitpid, so it is there
        os.waitpid(self.process, 0)
        os.close(self.pipe)
        if timed_out:
            answer = {"broken": f"no answer within {self.limit} s\n{self.last_words()}"}
        elif self.answer:
            answer = json.loads(self.answer)
        else:
            answer = {"broken": f"the child ended without an answer\n{self.last_words()}"}
        shutil.rmtree(self.scratch, ignore_errors=True)
        return {"id": self.id, **answer}

    def last_words(self):
        with open(os.path.join(self.scratch, "output"), errors="replace") as file:
            return file.read()[-2000:]


def run(request, scratch, end):
    """The child's whole life."""
    try:
        signal.alarm(int(request["limit"]) + 5)  # should the parent be gone when the limit is reached
        nothing = os.open(os.devnull, os.O_RDONLY)
        output = os.open(os.path.join(scratch, "output"), os.O_WRONLY | os.O_CREAT, 0o600)
        os.dup2(nothing, 0)
        os.dup2(output, 1)  # ConsoleMe logs to its standard output
        os.dup2(output, 2)
        os.mkdir(os.path.join(scratch, "work"))
        os.chdir(os.path.join(scratch, "work"))
        answer = {"answer": JOBS[request["job"]](request)}
    except BaseException:
        answer = {"broken": traceback.format_exc()}
    try:
        data = json.dumps(answer).encode()
        while data:
            data = data[os.write(end, data) :]
    finally:
        os._exit(0)  # no waiting for the threads that ConsoleMe started


def serve():
    surroundings.prepare()
    gc.freeze()
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    waiting, running, line = collections.deque(), {}, bytearray()
    watch = selectors.DefaultSelector()
    watch.register(0, selectors.EVENT_READ)

    def close(child, timed_out=False):
        watch.unregister(child.pipe)
        del running[child.pipe]
        data = json.dumps(child.finish(timed_out)).encode() + b"\n"
        while data:
            data = data[answers.write(data) :]

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
                    for child in running.values():
                        child.finish()
                    return
                *lines, rest = (bytes(line) + data).split(b"\n")
                waiting.extend(lines)
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
