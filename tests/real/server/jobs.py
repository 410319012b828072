"""What can be asked of ConsoleMe. Each job runs in a process of its own, in an empty folder."""

import logging
import os
import sys

import surroundings
from values import outcome, printable, raised, typed


class Log:
    """What ConsoleMe logged."""

    def __init__(self):
        self.records = []
        surroundings.listen_to_log(self.note)

    def note(self, record):
        error = record.exc_info and record.exc_info[1]
        self.records.append(
            {
                "level": record.levelname,
                "message": printable(record.getMessage()),
                "exception": raised(error) if error else None,
            }
        )


def start(request):
    """Imports ConsoleMe's configuration as its own start does, and gives the module."""
    for name, content in request["files"].items():
        os.makedirs(os.path.dirname(os.path.abspath(name)), exist_ok=True)
        with open(name, "w", encoding="utf-8", newline="") as file:
            file.write(content)
    os.environ["HOME"] = os.getcwd()
    os.environ.update(request["env"])
    if request["location"] is not None:
        os.environ["CONFIG_LOCATION"] = request["location"]
    surroundings.keep_secrets(request["secrets"])
    sys.path.insert(0, os.getcwd())  # as for `python -m consoleme.__main__`
    from consoleme.config import config

    return config


def load(request):
    """ConsoleMe's start up to the configuration; then `config.get` of the wanted keys."""
    log = Log()
    try:
        config = start(request)
        answer = {
            "whole": typed(config.CONFIG.config),
            "values": {key: outcome(lambda: config.get(key)) for key in request["keys"]},
        }
    except Exception as error:
        answer = {"error": raised(error)}
    return {**answer, "log": log.records}


def trees(request):
    """`Configuration.load_config` of many little sets of files, one after the other."""
    start({"files": {"first.yaml": "environment: test"}, "location": "first.yaml", "env": {}, "secrets": {}})
    from asgiref.sync import async_to_sync
    from consoleme.config.config import Configuration

    # it logs a traceback for each file that is missing, which nobody reads here
    logging.disable(logging.CRITICAL)

    def read(number, tree):
        folder = os.path.abspath(f"tree-{number}")
        for name, content in tree["files"].items():
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(content)
        os.environ["CONFIG_LOCATION"] = os.path.join(folder, tree["root"])
        configuration = Configuration()
        async_to_sync(configuration.load_config)(
            allow_automatically_reload_configuration=False,
            allow_start_background_threads=False,
        )
        return configuration.config

    return [outcome(lambda: read(number, tree)) for number, tree in enumerate(request["trees"])]


def login(request):
    """ConsoleMe's start, and a person who logs in."""
    log = Log()
    answer, hops = {}, []
    try:
        config = start(request)
        import login

        answer, hops = login.run(config, request)
    except Exception as error:
        answer = {"failure": {"stage": "start", "status": None, "exception": raised(error)}}
    if "failure" in answer:
        answer["failure"].setdefault("exception", cause(log.records))
    return {**answer, "hops": hops, "log": log.records}


def cause(records):
    """The last exception in the log that is none of those that a good login raises as well."""
    exceptions = [record["exception"] for record in records if record["exception"]]
    told = [one for one in exceptions if not one["message"].startswith("finish() called twice")]
    return told[-1] if told else None


def yaml(request):
    """`yaml.safe_load` of many texts."""
    from yaml import safe_load

    return [outcome(lambda: safe_load(document)) for document in request["texts"]]


def dumps(request):
    """The values of many texts as JSON."""
    from json import dumps
    from yaml import safe_load

    return [outcome(lambda: dumps(safe_load(document), default=str)) for document in request["texts"]]


def yaml_files(request):
    """`yaml.safe_load` of many files, each opened as ConsoleMe opens its own (config.py:207)."""
    from yaml import safe_load

    def read(content):
        with open("document.yaml", "wb") as file:
            file.write(content)
        with open("document.yaml", "r") as file:
            return safe_load(file)

    # a byte travels as the character of the same number
    return [outcome(lambda: read(content.encode("latin-1"))) for content in request["files"]]


JOBS = {job.__name__: job for job in (dumps, load, login, trees, yaml, yaml_files)}
