"""SPARQLWrapper, with our transport under it.

SPARQLWrapper knows how a request of the SPARQL protocol is made. As it stands it follows a
redirect to any host and sends the Authorization header there, installs sign-ons for the whole
process, takes the first word that looks like a query form for it, even in a comment, reads a
whole answer of any size and maps few errors. So only the making of requests is used.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import cast

from SPARQLWrapper import JSON, POST, SELECT, SPARQLWrapper

from somswd_kg.stores.transport import Answer, Transport

__all__ = ["GuardedWrapper"]

_UPDATE = "INSERT"
_AGENT = "somswd-kg"


class GuardedWrapper(SPARQLWrapper):
    """Make one request and send it through the transport.

    Args:
        endpoint: Its address, for queries or for updates.
        transport: What sends it.
        changes: Whether it is an update.
    """

    def __init__(self, endpoint: str, transport: Transport, *, changes: bool) -> None:
        self._transport = transport
        self._changes = changes
        super().__init__(endpoint, returnFormat=JSON, agent=_AGENT)
        self.setOnlyConneg(True)
        self.setMethod(POST)

    def ask(self, text: str, parameters: Mapping[str, list[str]]) -> Answer:
        """Send a query or an update and give the whole answer."""
        self.setQuery(text)
        for name, values in parameters.items():
            for value in values:
                self.addParameter(name, value)
        answer, _ = self._query()
        return answer

    def _parseQueryType(self, query: str) -> str:  # noqa: N802, the name is the library's
        return _UPDATE if self._changes else SELECT

    def _query(self) -> tuple[Answer, str]:  # type: ignore[override]  # ours is a whole answer
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of its own defaults
            request = self._createRequest()
        headers = dict(request.header_items())
        answer = self._transport.send(
            "POST", request.full_url, headers, cast(bytes, request.data), changes=self._changes
        )
        return answer, self.returnFormat
