"""An Application Load Balancer that logs people in, as ConsoleMe meets it: two headers on each request.

AWS documents both: the user's claims, signed with the load balancer's key, and the provider's
access token. The key is where ConsoleMe looks for it, at an address of AWS that the mock answers.
"""

import base64
import json
import time
import urllib.parse
import urllib.request

CALLBACK = "https://load-balancer.example.com/oauth2/idpresponse"
KEY_ID = "12345678-1234-1234-1234-123456789012"


def log_in(make_browser, client, user, password, region):
    """Logs a person in at the provider; gives the headers of every request from then on."""
    with urllib.request.urlopen(client["metadata_url"], timeout=20) as response:
        document = json.load(response)
    browser = make_browser("https://load-balancer.example.com")
    asked = {
        "response_type": "code",
        "client_id": client["id"],
        "redirect_uri": CALLBACK,
        "scope": "openid email",
        "state": "state",
    }
    page = browser.get(f"{document['authorization_endpoint']}?{urllib.parse.urlencode(asked)}")
    while page.next or page.form:
        if page.next and page.next.startswith(CALLBACK):
            break
        page = browser.get(page.next) if page.next else browser.post(page.form, {"username": user, "password": password})
    [code] = urllib.parse.parse_qs(urllib.parse.urlsplit(page.next).query)["code"]
    tokens = exchange(document["token_endpoint"], client, code)
    return {
        "X-Amzn-Oidc-Data": signed(claims(document["userinfo_endpoint"], tokens["access_token"]), region),
        "X-Amzn-Oidc-Accesstoken": tokens["access_token"],
    }


def exchange(endpoint, client, code):
    fields = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK}
    name = base64.b64encode(f"{client['id']}:{client['secret']}".encode()).decode()
    request = urllib.request.Request(
        endpoint, urllib.parse.urlencode(fields).encode(), {"Authorization": f"Basic {name}"}
    )
    with urllib.request.urlopen(request, timeout=20) as response:
        return json.load(response)


def claims(endpoint, access_token):
    request = urllib.request.Request(endpoint, headers={"Authorization": f"Bearer {access_token}"})
    with urllib.request.urlopen(request, timeout=20) as response:
        return json.load(response)


def signed(user_info, region):
    """The claims as a load balancer signs them; its public key goes to the AWS mock."""
    import jwt
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from moto.core.models import responses_mock

    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    responses_mock.add("GET", f"https://public-keys.auth.elb.{region}.amazonaws.com/{KEY_ID}", body=public)
    headers = {"kid": KEY_ID, "signer": "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/a/b"}
    token = {**user_info, "exp": int(time.time()) + 120}
    return jwt.encode(token, key, algorithm="ES256", headers=headers)
