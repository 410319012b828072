"""Python's values and exceptions, written so that JSON can carry them with their types."""

import datetime
import sys
import traceback

NODES = 300_000  # aliases can expand without end; no honest document has as many nodes


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
                raise TypeError(f"no token stands for a {kind.__name__}")
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
    except UnicodeEncodeError:  # a lone surrogate
        return {"points": [ord(character) for character in value]}


def raised(error):
    """What a person would read of an exception: class, message, and ConsoleMe's innermost line."""
    place = None
    for frame in traceback.extract_tb(error.__traceback__):
        _, package, path = frame.filename.rpartition("/site-packages/consoleme/")
        if package:
            place = f"consoleme/{path}:{frame.lineno}"
    return {"class": type(error).__name__, "message": printable(error), "place": place}


def printable(thing):
    return str(thing).encode("utf-8", "backslashreplace").decode("utf-8")


def outcome(job):
    """What a job gives, or raises."""
    try:
        return {"value": typed(job())}
    except Exception as error:
        return {"error": raised(error)}
