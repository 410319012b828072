"""A login as a browser makes it, against ConsoleMe's own /auth.

`/auth` is ConsoleMe's AuthHandler with all that its BaseHandler does around it: cookies, the order
of the ways to log in, `lib/oidc.py`, the page of an error. What a browser calls ConsoleMe's address
is led to a port on loopback, whatever the address, as a load balancer would lead it.
"""

import asyncio
import collections
import http.client
import http.cookiejar
import http.cookies
import json
import re
import urllib.parse
import urllib.request

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

    class Interface(tornado.web.RequestHandler):
        def get(self):
            self.write("the user interface")

    # the same arguments as in consoleme/routes.py, but for the reloader of changed code
    application = tornado.web.Application(
        [(r"/auth", AuthHandler), (r"/.*", Interface)],
        debug=config.get("tornado.debug", False),
        autoreload=False,
        xsrf_cookies=config.get("tornado.xsrf", True),
        xsrf_cookie_kwargs=config.get("tornado.xsrf_cookie_kwargs", {}),
    )
    url = request["address"] or config.get("url")
    parts = urllib.parse.urlsplit(url if isinstance(url, str) else "http://127.0.0.1:8081")
    browser = Browser(f"{parts.scheme}://{parts.netloc}")

    async def both():
        server = application.listen(0, "127.0.0.1")
        browser.port = next(iter(server._sockets.values())).getsockname()[1]
        person = (browser.log_in, request["user"], request["password"])
        failure = await asyncio.get_running_loop().run_in_executor(None, *person)
        return {"failure": failure} if failure else await session(config, browser)

    return asyncio.run(both()), browser.hops


async def session(config, browser):
    """What ConsoleMe itself reads in the browser's cookie."""
    import jwt
    from consoleme.lib import jwt as consoleme_jwt

    name = config.get("auth_cookie_name", "consoleme_auth")
    cookie = browser.morsels.get(name)
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
        self.port = None
        self.hops = []
        self.visits = collections.Counter()
        self.jar = http.cookiejar.CookieJar()
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
                for header in response.headers.get_all("set-cookie", []):
                    self.morsels.update(http.cookies.SimpleCookie(header))
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
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        elif parts.scheme == "http":
            connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)
        else:
            raise ConnectionError(f"no way to {parts.netloc} over {parts.scheme}")
        headers = {**dict(request.header_items()), "Host": parts.netloc}
        target = parts._replace(scheme="", netloc="", fragment="").geturl()
        connection.request(request.get_method(), target, request.data, headers)
        response = connection.getresponse()
        body = response.read().decode("utf-8", "replace")
        connection.close()
        return response, body


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
