"""What ConsoleMe finds around it: AWS, the network, the packages that it was installed without."""

import asyncio
import errno
import functools
import importlib.abc
import importlib.machinery
import ipaddress
import logging
import os
import socket
import sys
import threading
import types

# Packages that ConsoleMe imports on the way to its login and does not use in it: SAML, tracing,
# tables in HTML. The right-hand side of no configuration reaches them.
UNUSED = {"aiozipkin", "furl", "jsonschema", "onelogin", "pandas"}


REDIS = 6379  # a Redis that runs on this machine is no part of the tests, and would join two of them


def prepare():
    """Imports all that is slow, starts the AWS mock, closes the network. Never imports ConsoleMe."""
    os.environ.update(
        AWS_DEFAULT_REGION="us-east-1",
        AWS_EC2_METADATA_DISABLED="true",
        AWS_CONFIG_FILE=os.devnull,
        AWS_SHARED_CREDENTIALS_FILE=os.devnull,
    )
    close_network()
    sys.meta_path.append(Unused())

    import pkg_resources

    # a plugin's entry point would otherwise insist on all of ConsoleMe's 60 packages
    pkg_resources.EntryPoint.require = lambda *_, **__: None

    import botocore.loaders

    # each new session reads the service descriptions anew: 0.1 s that nobody tests
    loader = botocore.loaders.JSONFileLoader
    loader.load_file = functools.lru_cache(maxsize=None)(loader.load_file)

    import boto3
    import moto

    moto.mock_aws().start()
    boto3.client("sts").get_caller_identity()
    boto3.client("secretsmanager").list_secrets()
    boto3.resource("s3")
    boto3.DEFAULT_SESSION = None  # as a process starts with

    import asgiref.sync  # noqa: F401
    import dateutil.parser  # noqa: F401
    import jwt.algorithms  # noqa: F401
    import logmatic  # noqa: F401
    import nacl.signing  # noqa: F401
    import pydantic  # noqa: F401
    import pytz  # noqa: F401
    import redis  # noqa: F401
    import tornado.httpserver  # noqa: F401
    import tornado.simple_httpclient  # noqa: F401
    import tornado.web  # noqa: F401
    import ujson  # noqa: F401
    import yaml  # noqa: F401

    assert "consoleme" not in sys.modules


def keep_secrets(secrets):
    """Puts texts into AWS Secrets Manager, where ConsoleMe looks for them."""
    if not secrets:
        return
    import boto3

    manager = boto3.client("secretsmanager", os.environ.get("EC2_REGION", "us-east-1"))
    for name, text in secrets.items():
        manager.create_secret(Name=name, SecretString=text)
    boto3.DEFAULT_SESSION = None


def close_network():
    """Leaves the loopback interface alone, and no Redis there."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex
    getaddrinfo = socket.getaddrinfo

    def guarded_connect(self, address):
        if refusal := refuses(self, address):
            raise OSError(refusal, os.strerror(refusal))
        return connect(self, address)

    def guarded_connect_ex(self, address):
        return refuses(self, address) or connect_ex(self, address)

    def guarded_getaddrinfo(host, *rest, **options):
        name = host.decode() if isinstance(host, bytes) else host
        if name and name != "localhost" and not is_address(name):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return getaddrinfo(host, *rest, **options)

    socket.socket.connect = guarded_connect
    socket.socket.connect_ex = guarded_connect_ex
    socket.getaddrinfo = guarded_getaddrinfo


def refuses(connection, address):
    if connection.family not in (socket.AF_INET, socket.AF_INET6):
        return 0
    host, port = address[:2]
    near = host == "localhost" or is_address(host) and ipaddress.ip_address(host).is_loopback
    return errno.ENETUNREACH if not near else errno.ECONNREFUSED if port == REDIS else 0


def lead_ports():
    """Lets a server listen on a free port of loopback whichever it asks for, so that many can at once.

    Gives the ports: the one that was asked for, and the one that it became.
    """
    ports = {}
    bind = socket.socket.bind

    def led_bind(self, address):
        if self.family not in (socket.AF_INET, socket.AF_INET6):
            return bind(self, address)
        bind(self, ("127.0.0.1" if self.family == socket.AF_INET else "::1", 0))
        ports[address[1]] = self.getsockname()[:2]

    socket.socket.bind = led_bind
    return ports


def play_uvloop():
    """Puts Python's own event loop in the place of the faster one that ConsoleMe imports."""
    uvloop = types.ModuleType("uvloop")
    uvloop.EventLoopPolicy = asyncio.DefaultEventLoopPolicy
    sys.modules["uvloop"] = uvloop


def is_address(text):
    try:
        ipaddress.ip_address(text)
        return True
    except ValueError:
        return False


class Unused(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds a hollow module for a package that is imported and never used."""

    def find_spec(self, name, path, target=None):
        if name.split(".")[0] in UNUSED:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        return Hollow(spec.name)

    def exec_module(self, module):
        pass


class Hollow(types.ModuleType):
    """A module in which every capitalised name is a class and every other one a module."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        if name[0].isupper():
            return type(name, (Exception,), {})
        return Hollow(f"{self.__name__}.{name}")


def listen_to_log(note):
    """Calls `note` with each record that ConsoleMe logs, whatever its handlers make of it."""
    handle = logging.Logger.handle

    def noting(self, record):
        note(record)
        handle(self, record)

    logging.Logger.handle = noting
    # ConsoleMe's background threads look for DynamoDB and Redis, which have no part in this
    threading.excepthook = lambda _: None
