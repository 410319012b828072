"""A login as a browser makes it, against ConsoleMe's own /auth.

`/auth` is ConsoleMe's AuthHandler with all that its BaseHandler does around it: cookies, the order
of the ways to log in, `lib/oidc.py`, the page of an error. ConsoleMe's own `__main__` serves it.
What a browser calls ConsoleMe's address is led to the port that ConsoleMe listens on, whatever the
address, as a load balancer would lead it.
"""

import asyncio
import collections
import http.client
import http.cookiejar
import http.cookies
import json
import re
import sys
import types
import urllib.parse
import urllib.request

import load_balancer
import surroundings

HOPS = 30
VISITS = 3  # of one address; a loop comes back to it without end


class NoRoles:
    """A group mapping plugin for which nobody has AWS roles; the default one asks DynamoDB."""

    async def get_eligible_roles(self, *_, **__):
        return []

    async def get_eligible_accounts(self, *_, **__):
        return []


def run(config, request):
    """Logs in; gives the session or the failure, and the hops on the way."""
    from consoleme.lib import plugins

    plugins.global_plugins["default_group_mapping"] = NoRoles

    import tornado.web
    from consoleme.handlers.auth import AuthHandler

    class Auth(AuthHandler):
        def on_finish(self):
            browser.known_as = {"user": getattr(self, "user", None), "groups": getattr(self, "groups", None)}
            super().on_finish()

    class Interface(tornado.web.RequestHandler):
        def get(self):
            self.write("the user interface")

    # the same arguments as in consoleme/routes.py, but for the reloader of changed code
    application = tornado.web.Application(
        [(r"/auth", Auth), (r"/.*", Interface)],
        debug=config.get("tornado.debug", False),
        autoreload=False,
        xsrf_cookies=config.get("tornado.xsrf", True),
        xsrf_cookie_kwargs=config.get("tornado.xsrf_cookie_kwargs", {}),
    )
    url = request["address"] or config.get("url")
    parts = urllib.parse.urlsplit(url if isinstance(url, str) else "http://127.0.0.1:8081")
    browser = Browser(f"{parts.scheme}://{parts.netloc}")
    if request["load_balancer"]:
        person = (request["user"], request["password"])
        browser.headers = load_balancer.log_in(Browser, request["load_balancer"], *person, config.region)

    ports = surroundings.lead_ports()
    surroundings.play_uvloop()
    # its import is one of all handlers, with 40 more packages
    sys.modules["consoleme.routes"] = types.SimpleNamespace(make_app=lambda **_: application)
    from consoleme import __main__ as consoleme

    async def both(loop):
        browser.server = ports.get(as_port(config.get("tornado.port")))
        person = (browser.log_in, request["user"], request["password"])
        failure = await loop.run_in_executor(None, *person)
        return {"failure": failure} if failure else await session(config, browser)

    loop = asyncio.get_event_loop()
    task = loop.create_task(both(loop))
    task.add_done_callback(lambda _: loop.stop())
    consoleme.init()
    return task.result(), browser.hops


def as_port(value):
    """What a load balancer is told that ConsoleMe listens on."""
    try:
        return int(value)
    except (TypeError, ValueError):
        return None


async def session(config, browser):
    """What ConsoleMe itself reads in the browser's cookie."""
    import jwt
    from consoleme.lib import jwt as consoleme_jwt

    name = config.get("auth_cookie_name", "consoleme_auth")
    cookie = browser.morsels.get(name)
    if not cookie and browser.headers:  # each request brings along who it is from
        return {"session": {**browser.known_as, "claims": {}, "cookie": {"name": name, "attributes": {}}}}
    told = cookie and await consoleme_jwt.validate_and_return_jwt_token(cookie.value)
    if not told:
        return {"failure": {"stage": "cookie", "status": None}}
    claims = jwt.decode(cookie.value, consoleme_jwt.jwt_secret, algorithms=["HS256"])
    attributes = {key: value for key, value in cookie.items() if value != ""}
    return {
        "session": {
            "user": told["user"],
            "groups": told["groups"],
            "claims": claims,
            "cookie": {"name": name, "attributes": {key: str(value) for key, value in attributes.items()}},
        }
    }


class Browser:
    def __init__(self, origin):
        self.origin = origin
        self.server = None  # where ConsoleMe listens
        self.headers = {}  # what a load balancer adds to each request
        self.known_as = {}  # by ConsoleMe, at the last request
        self.hops = []
        self.visits = collections.Counter()
        self.jar = http.cookiejar.CookieJar(Policy())
        self.morsels = {}

    def log_in(self, user, password):
        """Logs in; gives the failure, or None for a session that ConsoleMe accepts."""
        start = self.origin + "/"
        page = self.get(self.auth(start))
        asked = False
        while len(self.hops) < HOPS:
            here = page.url.startswith(start)
            path = urllib.parse.urlsplit(page.url).path
            if self.visits[page.place] >= VISITS:
                return failure("loop", page)
            if page.next:
                page = self.get(page.next)
            elif here and path == "/auth":
                if page.status == 200:
                    return None
                answers = "code=" in page.url or "error=" in page.url
                stage = "session" if page.background else "callback" if answers else "authorize"
                return failure(stage, page)
            elif here and page.status == 200:
                # the user interface asks in the background whether its user is known
                page = self.get(self.auth(page.url), background=True)
            elif page.form and not asked:
                asked = True
                page = self.post(page.form, {"username": user, "password": password})
            else:
                return failure("provider", page)
        return failure("loop", page)

    def auth(self, back):
        return f"{self.origin}/auth?{urllib.parse.urlencode({'redirect_url': back})}"

    def get(self, url, background=False):
        headers = {"X-Requested-With": "XMLHttpRequest"} if background else {"Accept": "text/html"}
        return self.fetch(urllib.request.Request(url, headers=headers), background)

    def post(self, url, fields):
        body = urllib.parse.urlencode(fields).encode()
        return self.fetch(urllib.request.Request(url, body), False)

    def fetch(self, request, background):
        url = request.full_url
        self.jar.add_cookie_header(request)
        try:
            response, body = self.exchange(request)
        except (OSError, http.client.HTTPException) as error:
            page = Page(url, None, None, f"{type(error).__name__}: {error}", background)
        else:
            self.jar.extract_cookies(response, request)
            if url.startswith(self.origin + "/"):
                kept = {cookie.name for cookie in self.jar}
                for header in response.headers.get_all("set-cookie", []):
                    morsels = http.cookies.SimpleCookie(header)
                    self.morsels.update({name: morsel for name, morsel in morsels.items() if name in kept})
            page = Page(url, response.status, response.headers.get("location"), body, background)
        self.visits[page.place] += 1
        self.hops.append(
            {
                "url": url,
                "status": page.status,
                "location": page.next,
                "said": None if page.next or page.status == 200 else page.words[-500:],
            }
        )
        return page

    def exchange(self, request):
        parts = urllib.parse.urlsplit(request.full_url)
        if request.full_url.startswith(self.origin + "/"):
            if self.server is None:
                raise ConnectionError("ConsoleMe listens on no such port")
            connection = http.client.HTTPConnection(*self.server, timeout=20)
        elif parts.scheme == "http":
            connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)
        else:
            raise ConnectionError(f"no way to {parts.netloc} over {parts.scheme}")
        headers = {**dict(request.header_items()), "Host": parts.netloc}
        if request.full_url.startswith(self.origin + "/"):
            headers.update({"X-Forwarded-For": "203.0.113.7", **self.headers})
        target = parts._replace(scheme="", netloc="", fragment="").geturl()
        connection.request(request.get_method(), target, request.data, headers)
        response = connection.getresponse()
        body = response.read().decode("utf-8", "replace")
        connection.close()
        return response, body


class Policy(http.cookiejar.DefaultCookiePolicy):
    """What browsers drop and Python does not: `SameSite=None` without `Secure` (RFC 6265bis §5.7)."""

    def set_ok(self, cookie, request):
        anywhere = (cookie.get_nonstandard_attr("SameSite") or "").lower() == "none"
        return (cookie.secure or not anywhere) and super().set_ok(cookie, request)


def failure(stage, page):
    return {"stage": stage, "status": page.status}


class Page:
    """An answer, and where it leads."""

    def __init__(self, url, status, location, body, background):
        self.url, self.status, self.background = url, status, background
        # a code or an interaction is new each time; a loop is one in all the rest
        self.place = re.sub(r"([?&])(code|iss)=[^&]*", r"\1", url)
        self.words = " ".join(re.sub(r"<[^>]*>", " ", body).split())
        if status == 403 and background:  # ConsoleMe's word to its user interface: log in there
            try:
                location = json.loads(body).get("redirect_url")
            except ValueError:
                pass
        self.next = location and urllib.parse.urljoin(url, location)
        action = re.search(r'<form[^>]* action="([^"]+)"', body)
        self.form = action and urllib.parse.urljoin(url, action[1])
