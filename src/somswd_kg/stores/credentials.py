"""Say who we are to an endpoint: basic, digest or bearer, from the environment."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from somswd_kg.errors import ParameterError

__all__ = ["Credentials", "Scheme", "SignOn"]

_PART = re.compile(r'(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))')
_HASHES = {
    "MD5": hashlib.md5,
    "MD5-SESS": hashlib.md5,
    "SHA-256": hashlib.sha256,
    "SHA-256-SESS": hashlib.sha256,
}


class Scheme(StrEnum):
    """How a server wants to be told who asks."""

    BASIC = "basic"
    DIGEST = "digest"
    BEARER = "bearer"


@dataclass(frozen=True, slots=True)
class Credentials:
    """Hold a name with its password, or a token; neither is ever shown.

    Attributes:
        user: The name; empty where there is only a token.
        password: Its password.
        token: A bearer token; empty where there is none.
        scheme: What to use unasked; None to wait until the server asks.
    """

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    scheme: Scheme | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Credentials:
        """Read `SOMSWD_KG_USER`, `SOMSWD_KG_PASSWORD`, `SOMSWD_KG_TOKEN` and `SOMSWD_KG_AUTH`.

        Raises:
            ParameterError: `SOMSWD_KG_AUTH` is none of basic, digest and bearer.

        >>> Credentials.from_environment({"SOMSWD_KG_TOKEN": "s3cret"})
        Credentials(user='', scheme=<Scheme.BEARER: 'bearer'>)
        """
        token = environment.get("SOMSWD_KG_TOKEN", "")
        named = environment.get("SOMSWD_KG_AUTH", "").lower()
        if named and named not in set(Scheme):
            raise ParameterError(
                f"SOMSWD_KG_AUTH is {named!r}", hint="set it to basic, digest or bearer"
            )
        scheme = Scheme(named) if named else Scheme.BEARER if token else None
        user = environment.get("SOMSWD_KG_USER", "")
        return cls(user, environment.get("SOMSWD_KG_PASSWORD", ""), token, scheme)

    def hide(self, text: str) -> str:
        """Cut the password and the token out of a text that somebody will read."""
        basic = base64.b64encode(f"{self.user}:{self.password}".encode()).decode("ascii")
        for secret in (self.password and basic, self.password, self.token):
            if secret:
                text = text.replace(secret, "***")
        return text


class SignOn:
    """Make the Authorization header of each request to one server.

    Args:
        credentials: Who we are.

    Attributes:
        asked: Whether the server has had the chance to say how it wants to be told.
    """

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._scheme = credentials.scheme
        self._challenge: dict[str, str] = {}
        self._count = 0
        self.asked = False

    @property
    def unasked(self) -> bool:
        """Say whether we have a name to give and the server has not said how it wants it."""
        waiting = self._scheme is None or (self._scheme is Scheme.DIGEST and not self._challenge)
        return bool(self._credentials.user) and waiting and not self.asked

    def header(self, method: str, target: str) -> str | None:
        """Give the header's value; None while the server has not asked for any.

        Args:
            method: GET, POST or PUT.
            target: Path and query of the request.
        """
        own = self._credentials
        if self._scheme is Scheme.BEARER:
            return f"Bearer {own.token}" if own.token else None
        if not own.user:
            return None
        if self._scheme is Scheme.BASIC:
            pair = f"{own.user}:{own.password}".encode()
            return "Basic " + base64.b64encode(pair).decode("ascii")
        if self._scheme is Scheme.DIGEST and self._challenge:
            return self._digest(method, target)
        return None

    def answer(self, challenges: list[str]) -> bool:
        """Read what a server asks for; say whether asking again may help.

        Args:
            challenges: The values of its WWW-Authenticate headers.
        """
        self.asked = True
        own = self._credentials
        offered = {text.split(" ", 1)[0].lower(): text for text in challenges if text}
        digest = offered.get("digest")
        if digest and own.user and self._scheme in (None, Scheme.DIGEST):
            parts = {
                name.lower(): quoted or bare for name, quoted, bare in _PART.findall(digest[7:])
            }
            again = not self._challenge or parts.get("stale", "").lower() == "true"
            self._scheme, self._challenge, self._count = Scheme.DIGEST, parts, 0
            return again and parts.get("algorithm", "MD5").upper() in _HASHES
        if "basic" in offered and own.user and self._scheme is None:
            self._scheme = Scheme.BASIC
            return True
        return False

    def _digest(self, method: str, target: str) -> str:
        own, asked = self._credentials, self._challenge
        algorithm = asked.get("algorithm", "MD5")
        realm, nonce = asked.get("realm", ""), asked.get("nonce", "")
        self._count += 1
        count, own_nonce = f"{self._count:08x}", secrets.token_hex(8)

        def digest(text: str) -> str:
            return _HASHES[algorithm.upper()](text.encode("utf-8")).hexdigest()

        identity = digest(f"{own.user}:{realm}:{own.password}")
        if algorithm.upper().endswith("-SESS"):
            identity = digest(f"{identity}:{nonce}:{own_nonce}")
        request = digest(f"{method}:{target}")
        parts = [
            f'username="{own.user}"',
            f'realm="{realm}"',
            f'nonce="{nonce}"',
            f'uri="{target}"',
            f"algorithm={algorithm}",
        ]
        if "auth" in re.split(r"[\s,]+", asked.get("qop", "")):
            proof = digest(f"{identity}:{nonce}:{count}:{own_nonce}:auth:{request}")
            parts += ["qop=auth", f"nc={count}", f'cnonce="{own_nonce}"']
        else:
            proof = digest(f"{identity}:{nonce}:{request}")
        parts.append(f'response="{proof}"')
        if "opaque" in asked:
            parts.append(f'opaque="{asked["opaque"]}"')
        return "Digest " + ", ".join(parts)
