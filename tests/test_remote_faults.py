"""Whatever an endpoint does wrong is one clear error, and never a credential in it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from SPARQLWrapper import SPARQLWrapper

from somswd_kg.errors import EndpointError, ParameterError, QueryError, SourceError
from somswd_kg.ports import Store
from somswd_kg.stores.credentials import Credentials, Scheme
from somswd_kg.stores.remote import RemoteStore
from somswd_kg.stores.transport import Limits
from somswd_kg.stores.wrapper import GuardedWrapper
from somswd_kg.terms import BlankNode, Literal, NamedNode

JSON = "application/sparql-results+json"
PASSWORD = "s3cret-word"


class Request:
    """What a server was sent."""

    def __init__(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        self.method = handler.command
        self.path = urlsplit(handler.path).path
        self.target = handler.path
        self.headers = handler.headers
        self.body = body
        self.form = parse_qs(body.decode("utf-8", "replace"))
        self.parameters = parse_qs(urlsplit(handler.path).query, keep_blank_values=True)

    @property
    def query(self) -> str:
        return self.form.get("query", [""])[0]


Reply = tuple[int, dict[str, str], bytes]
Answering = Callable[[Request], "Reply | None"]


class Fake:
    """A server on loopback that answers as it is told and remembers what it was asked."""

    def __init__(self, url: str, server: ThreadingHTTPServer) -> None:
        self.url = url
        self.requests: list[Request] = []
        self.server = server

    def store(self, **options: object) -> RemoteStore:
        given: dict[str, object] = {
            "graphs": ["a:g"],
            "credentials": Credentials(),
            "limits": Limits(timeout=5, pause=0.01),
        }
        given.update(options)
        return RemoteStore(f"{self.url}/query", **given)  # type: ignore[arg-type]


@contextmanager
def serving(answer: Answering) -> Iterator[Fake]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            request = Request(self, body)
            fake.requests.append(request)
            reply = answer(request)
            if reply is None:  # the line breaks
                self.close_connection = True
                self.connection.close()
                return
            status, headers, content = reply
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)
            self.close_connection = True

        do_GET = do_POST = do_PUT = do_HEAD = handle_any  # noqa: N815

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake = Fake(f"http://127.0.0.1:{server.server_address[1]}", server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def rows_of(count: int, start: int = 0) -> bytes:
    bindings = [{"n": {"type": "literal", "value": str(n)}} for n in range(start, start + count)]
    return json.dumps({"head": {"vars": ["n"]}, "results": {"bindings": bindings}}).encode()


def good(count: int = 1, **headers: str) -> Reply:
    return 200, {"Content-Type": JSON, **headers}, rows_of(count)


QUERY = "SELECT ?n { ?s ?p ?n }"


def failure(answer: Answering, **options: object) -> str:
    with serving(answer) as fake, pytest.raises(EndpointError) as caught:
        list(fake.store(**options).select(QUERY))
    return str(caught.value).replace(fake.url, "http://here")


def test_the_remote_store_is_a_store() -> None:

    assert isinstance(RemoteStore("http://localhost/query", credentials=Credentials()), Store)


def test_only_headers_that_repeat_the_graphs_may_be_many() -> None:
    def many(name: str) -> str:
        """Give a value behind which more headers follow."""
        return "1" + "".join(f"\r\n{name}: http://many/{n}/{'x' * 5 * n}" for n in range(2_500))

    for name in ("X-SPARQL-Named-Graph", "x-sparql-default-graph"):
        reply = good(2, **{"X-First": many(name), "X-SPARQL-MaxRows": "2"})
        with serving(
            lambda request, reply=reply: reply if "OFFSET 2" not in request.query else good(0)
        ) as fake:
            assert len(list(fake.store().select(QUERY))) == 2
            assert len(fake.requests) > 1, "the header behind them was read"

    assert "more than 100 headers" in failure(lambda _: good(2, **{"X-First": many("X-Other")}))


# -- what SPARQLWrapper does wrong --------------------------------------------------------------


def test_every_request_goes_through_the_guarded_transport() -> None:

    assert issubclass(GuardedWrapper, SPARQLWrapper)
    assert GuardedWrapper._query is not SPARQLWrapper._query


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_another_place_is_refused_and_carries_no_credentials(status: int) -> None:
    with serving(lambda _: good()) as elsewhere:
        told = {"Location": f"{elsewhere.url}/query"}
        who = Credentials("ann", PASSWORD, scheme=Scheme.BASIC)
        said = failure(lambda _: (status, told, b""), credentials=who)

        assert said.startswith("http://here/query: it ")
        assert PASSWORD not in said
        assert elsewhere.requests == []


def test_the_library_alone_would_send_the_credentials_elsewhere() -> None:
    with serving(lambda _: good()) as elsewhere:
        told = {"Location": f"{elsewhere.url}/query"}
        with serving(lambda _: (302, told, b"")) as fake:
            wrapper = SPARQLWrapper(f"{fake.url}/query", returnFormat="json")
            wrapper.setCredentials("ann", PASSWORD)
            wrapper.setQuery(QUERY)
            wrapper.query().response.close()

        assert "Authorization" in elsewhere.requests[0].headers


@pytest.mark.parametrize(
    "location",
    [
        *("https://127.0.0.1/query", "ftp://127.0.0.1/", "//else/", ""),
        *("http://[::1/", "http://127.0.0.1:99999/"),
    ],
)
def test_a_redirect_to_another_scheme_or_to_nowhere_is_refused(location: str) -> None:

    assert "elsewhere" in failure(lambda _: (302, {"Location": location}, b""))


def test_a_redirect_on_the_same_server_is_followed() -> None:
    def answer(request: Request) -> Reply:
        return good() if request.path == "/new" else (308, {"Location": "/new"}, b"")

    with serving(answer) as fake:
        assert len(list(fake.store().select(QUERY))) == 1
        assert [request.query for request in fake.requests] == [QUERY, QUERY]


def test_redirects_without_end_are_an_error() -> None:

    assert "elsewhere" in failure(lambda request: (307, {"Location": request.path + "x"}, b""))


def test_an_answer_over_the_size_limit_is_refused() -> None:
    said = failure(lambda _: good(5000), limits=Limits(size=10_000))

    assert "larger than 10,000 bytes" in said


def test_an_answer_without_end_is_refused_at_the_limit() -> None:
    def flood(handler: BaseHTTPRequestHandler) -> None:
        handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b" " * 65536)
        except OSError:
            handler.close_connection = True

    with serving(lambda _: None) as fake:
        fake.server.RequestHandlerClass.do_POST = flood  # type: ignore[attr-defined]
        with pytest.raises(EndpointError, match="larger than 1,000,000 bytes"):
            fake.store(limits=Limits(size=1_000_000)).select(QUERY)


@pytest.mark.parametrize(
    "query",
    ["# INSERT it\nSELECT ?n { ?s ?p ?n }", "PREFIX DELETE: <a:> SELECT ?n { ?s DELETE:x ?n }"],
)
def test_a_word_in_a_comment_or_prefix_does_not_make_a_query_an_update(query: str) -> None:
    with serving(lambda _: good()) as fake:
        list(fake.store().select(query))

        assert fake.requests[0].query == query
        assert fake.requests[0].path == "/query"


# -- errors -------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [400, 403, 404, 405, 414, 500, 501])
def test_a_refusal_is_said_with_status_and_first_lines_and_not_asked_again(status: int) -> None:
    body = b"\n".join([b"first", b"", b"second", b"third", b"fourth"])
    with serving(lambda _: (status, {}, body)) as fake:
        with pytest.raises(EndpointError) as caught:
            fake.store().select(QUERY)

        assert f"answers {status} " in str(caught.value)
        assert "first / second / third" in str(caught.value)
        assert "fourth" not in str(caught.value)
        assert caught.value.path == f"{fake.url}/query"
        assert len(fake.requests) == 1


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_server_is_asked_again_with_growing_pauses(status: int) -> None:
    slept: list[float] = []
    replies = iter([(status, {}, b"busy")] * 3 + [good()])
    with serving(lambda _: next(replies)) as fake:
        found = list(fake.store(sleep=slept.append).select(QUERY))

        assert len(found) == 1
        assert slept == [0.01, 0.02, 0.04]


def test_a_server_that_stays_busy_is_an_error_after_the_last_try() -> None:
    with serving(lambda _: (503, {}, b"come back later")) as fake:
        with pytest.raises(EndpointError, match="503 Service Unavailable: come back later"):
            fake.store().select(QUERY)

        assert len(fake.requests) == 4


def test_the_pause_that_a_server_asks_for_is_kept() -> None:
    slept: list[float] = []
    replies = iter([(429, {"Retry-After": "7"}, b""), (429, {"Retry-After": "7000"}, b""), good()])
    with serving(lambda _: next(replies)) as fake:
        list(fake.store(sleep=slept.append).select(QUERY))

    assert slept == [7.0, 30.0]


def test_a_broken_line_is_tried_again_for_reads() -> None:
    replies = iter([None, None, good()])
    with serving(lambda _: next(replies)) as fake:
        assert len(list(fake.store().select(QUERY))) == 1


@pytest.mark.parametrize("reply", [None, (503, {}, b"busy")])
def test_what_changes_data_is_never_sent_twice(reply: Reply | None) -> None:
    with serving(lambda _: reply) as fake:
        store = fake.store()
        for change in (
            lambda: store.update("CLEAR ALL"),
            lambda: store.load(text="<a:s> <a:p> 1 .", format="ttl", graph="a:g"),
            lambda: store.replace_graph("a:g", text="", format="ttl"),
        ):
            fake.requests.clear()
            with pytest.raises(EndpointError):
                change()

            assert len(fake.requests) == 1


def test_an_endpoint_that_is_down_is_an_error() -> None:
    with serving(lambda _: good()) as fake:
        store = fake.store()
    with pytest.raises(EndpointError, match="connection broke"):
        store.select(QUERY)


BAD_ANSWERS = {
    "html": (200, {"Content-Type": "text/html"}, b"<html>Welcome</html>"),
    "error text": (200, {"Content-Type": "text/plain"}, b"Error: out of memory"),
    "text called json": (200, {"Content-Type": JSON}, b"Error: out of memory"),
    "no media type": (200, {}, rows_of(1)),
    "json that ends early": (200, {"Content-Type": JSON}, rows_of(100)[:-30]),
    "empty": (200, {"Content-Type": JSON}, b""),
    "a boolean": (200, {"Content-Type": JSON}, b'{"head": {}, "boolean": true}'),
    "half": (200, {"Content-Type": JSON, "Content-Length": "9999"}, rows_of(100)),
    "half a chunk": (200, {"Content-Type": JSON, "Transfer-Encoding": "chunked"}, b"99\r\n{"),
    "for a terminal": (200, {"Content-Type": JSON}, b"\x1b[2J\x07"),
}


@pytest.mark.parametrize("name", BAD_ANSWERS)
def test_an_answer_that_is_none_is_an_error_of_one_line(name: str) -> None:
    said = failure(lambda _: BAD_ANSWERS[name])

    assert said.startswith("http://here/query: ")
    assert said.isprintable()
    assert "; " in said  # what to do
    assert ("stops in the middle" in said) == name.startswith("half")


def test_a_server_that_dribbles_is_stopped_in_time() -> None:
    def dribble(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        handler.end_headers()
        try:
            for _ in range(100):
                handler.wfile.write(b" ")
                time.sleep(0.05)
        except OSError:
            pass
        handler.close_connection = True

    with serving(lambda _: None) as fake:
        fake.server.RequestHandlerClass.do_POST = dribble  # type: ignore[attr-defined]
        started = time.monotonic()
        with pytest.raises(EndpointError, match=r"did not answer within 0\.3 seconds"):
            fake.store(limits=Limits(timeout=0.3)).select(QUERY)

        assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    "address",
    [
        *("file:///etc/passwd", "ftp://a/b", "localhost:80", "http://", "http://a:b/"),
        *("localhost", "http://[::1/query", "ann:word@localhost"),
    ],
)
def test_an_address_of_no_web_server_is_refused(address: str) -> None:
    for given in ({"endpoint": address}, {"endpoint": "http://a/query", "update": address}):
        with pytest.raises(EndpointError, match="no address of a web server") as caught:
            RemoteStore(**given, graphs=["a:g"], credentials=Credentials())

        assert "word" not in str(caught.value)


def test_credentials_in_the_address_are_refused_and_not_shown() -> None:
    store = RemoteStore(f"http://ann:{PASSWORD}@127.0.0.1/query", graphs=["a:g"])
    with pytest.raises(EndpointError) as caught:
        store.select(QUERY)

    assert PASSWORD not in str(caught.value)
    assert PASSWORD not in repr(caught.value.path)


# -- signing on ---------------------------------------------------------------------------------


def test_credentials_come_from_the_environment_and_are_not_shown() -> None:
    who = Credentials.from_environment(
        {"SOMSWD_KG_USER": "ann", "SOMSWD_KG_PASSWORD": PASSWORD, "SOMSWD_KG_AUTH": "Digest"}
    )

    assert (who.user, who.password, who.scheme) == ("ann", PASSWORD, Scheme.DIGEST)
    assert PASSWORD not in repr(who)
    with pytest.raises(ParameterError, match="SOMSWD_KG_AUTH"):
        Credentials.from_environment({"SOMSWD_KG_AUTH": "kerberos"})


def basic(request: Request) -> Reply:
    expected = "Basic " + base64.b64encode(f"ann:{PASSWORD}".encode()).decode()
    if request.headers.get("Authorization") == expected:
        return good()
    return 401, {"WWW-Authenticate": 'Basic realm="r"'}, b""


def bearer(request: Request) -> Reply:
    if request.headers.get("Authorization") == f"Bearer {PASSWORD}":
        return good()
    return 401, {"WWW-Authenticate": "Bearer"}, b""


def digest(algorithm: str) -> Answering:
    """Check a digest as RFC 7616 says."""

    def answer(request: Request) -> Reply:
        hashed = hashlib.md5 if algorithm == "MD5" else hashlib.sha256
        said = dict(re.findall(r'(\w+)="?([^",]+)"?', request.headers.get("Authorization", "")))

        def proof(*parts: str) -> str:
            return hashed(":".join(parts).encode()).hexdigest()

        if said:
            expected = proof(
                proof("ann", "the realm", PASSWORD),
                "n0nce",
                said["nc"],
                said["cnonce"],
                "auth",
                proof(request.method, request.target),
            )
            if said["response"] == expected and said["uri"] == request.target:
                return good()
        parts = ['realm="the realm"', 'nonce="n0nce"', 'qop="auth"', f"algorithm={algorithm}"]
        challenge = f"Digest {', '.join(parts)}"
        return 401, {"WWW-Authenticate": challenge}, b""

    return answer


@pytest.mark.parametrize(
    ("answer", "who"),
    [
        (basic, Credentials("ann", PASSWORD)),
        (basic, Credentials("ann", PASSWORD, scheme=Scheme.BASIC)),
        (bearer, Credentials(token=PASSWORD, scheme=Scheme.BEARER)),
        (digest("MD5"), Credentials("ann", PASSWORD)),
        (digest("SHA-256"), Credentials("ann", PASSWORD, scheme=Scheme.DIGEST)),
    ],
)
def test_signing_on_works_for_queries_updates_and_graphs(
    answer: Answering, who: Credentials
) -> None:
    with serving(answer) as fake:
        store = fake.store(credentials=who)

        assert len(list(store.select(QUERY))) == 1

        store.update("CLEAR ALL")
        store.replace_graph("a:g", text="<a:s> <a:p> 1 .", format="ttl")
        asked = len(fake.requests)
        store.select(QUERY)

        assert len(fake.requests) == asked + 1


@pytest.mark.parametrize(
    ("answer", "who"),
    [
        (basic, Credentials("ann", "wrong-" + PASSWORD)),
        (basic, Credentials()),
        (digest("MD5"), Credentials("ann", "wrong-" + PASSWORD)),
        (bearer, Credentials(token="wrong-" + PASSWORD, scheme=Scheme.BEARER)),
    ],
)
def test_wrong_credentials_are_an_error_that_does_not_show_them(
    answer: Answering, who: Credentials
) -> None:
    def echoing(request: Request) -> Reply:
        status, headers, _ = answer(request)
        return status, headers, str(request.headers.get("Authorization", "")).encode()

    said = failure(echoing, credentials=who)

    assert "401 Unauthorized" in said
    assert "SOMSWD_KG_USER" in said
    for secret in (who.password, who.token):
        assert not secret or secret not in said


# -- the dataset --------------------------------------------------------------------------------


def test_every_query_names_its_dataset() -> None:
    with serving(lambda _: good()) as fake:
        store = fake.store(graphs=["a:g", "a:h", "a:g"])
        list(store.select(QUERY))
        list(store.select(QUERY, graphs=["a:i"]))
        list(store.select(QUERY, graphs=[]))
        named = [
            (request.form["default-graph-uri"], request.form["named-graph-uri"])
            for request in fake.requests
        ]

    assert named[0] == (["a:g", "a:h"], ["a:g", "a:h"])
    assert named[1] == (["a:i"], ["a:i"])
    assert named[2] == (["urn:x-somswd-kg:nowhere"], ["urn:x-somswd-kg:nowhere"])


def test_graphs_that_are_not_given_are_listed_once() -> None:
    listed = {
        "head": {"vars": ["g"]},
        "results": {"bindings": [{"g": {"type": "uri", "value": f"a:{n}"}} for n in "yx"]},
    }

    def answer(request: Request) -> Reply:
        if "GRAPH ?g" in request.query:
            return 200, {"Content-Type": JSON}, json.dumps(listed).encode()
        return good()

    with serving(answer) as fake:
        store = fake.store(graphs=None)
        for _ in range(3):
            list(store.select(QUERY))

        assert store.graph_names() == ("a:x", "a:y")
        assert len(fake.requests) == 4
        assert fake.requests[1].form["default-graph-uri"] == ["a:x", "a:y"]


def test_a_graph_name_that_is_no_iri_is_refused() -> None:
    with pytest.raises(ParameterError):
        RemoteStore("http://localhost/query", graphs=["no iri"], credentials=Credentials())


# -- paging -------------------------------------------------------------------------------------


def capped(total: int, cap: int, header: bool = False) -> Answering:
    """Answer as a server does that has so many rows and gives so many at once."""

    def answer(request: Request) -> Reply:
        query = request.query
        if "VALUES ?a" in query:
            return good(min(cap, 10_201))
        limit, offset = total, 0
        found = re.search(r"LIMIT (\d+) OFFSET (\d+)$", query)
        if found:
            assert re.match(r"SELECT \* \{ \{ SELECT .* ORDER BY .* \} \} LIMIT", query)
            limit, offset = int(found[1]), int(found[2])
        count = max(0, min(total - offset, limit))
        headers = {"X-SPARQL-MaxRows": str(cap)} if header and count >= cap else {}
        body = rows_of(min(count, cap), offset)
        return 200, {"Content-Type": JSON, **headers}, body

    return answer


@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("total", [0, 1, 499, 500, 999, 1000, 1001, 2000, 2500, 3000])
def test_a_cut_answer_is_paged_over_to_its_end(total: int, header: bool) -> None:
    with serving(capped(total, 1000, header)) as fake:
        found = [int(row[0].value) for row in fake.store().select(QUERY)]

        assert sorted(found) == list(range(total))
        assert len(fake.requests) <= 4 + total // 1000


def test_a_server_that_does_not_cut_is_asked_once_more_for_all_queries() -> None:
    with serving(capped(1000, 1_000_000)) as fake:
        store = fake.store()
        for _ in range(5):
            assert len(list(store.select(QUERY))) == 1000
        assert len(fake.requests) == 6


def test_pages_with_other_columns_are_an_error() -> None:
    def answer(request: Request) -> Reply:
        if "OFFSET" in request.query:
            return 200, {"Content-Type": JSON}, rows_of(5).replace(b'"n"', b'"m"')
        return good(1000, **{"X-SPARQL-MaxRows": "1000"})

    assert "other columns" in failure(answer)


def test_a_page_that_breaks_is_an_error_and_no_shorter_answer() -> None:
    def answer(request: Request) -> Reply:
        if "OFFSET 1000" in request.query:
            return 200, {"Content-Type": JSON}, rows_of(1000)[:-40]
        return good(1000, **{"X-SPARQL-MaxRows": "1000"})

    assert "breaks off" in failure(answer)


# -- construct, ask, graphs ---------------------------------------------------------------------


def test_no_construct_is_sent() -> None:
    bindings = [
        {
            "s": {"type": "bnode", "value": "b1"},
            "o": {"type": "literal", "value": "300", "datatype": "a:byte"},
        },
        {"s": {"type": "uri", "value": "a:s"}},
        {"s": {"type": "literal", "value": "x"}, "o": {"type": "uri", "value": "a:o"}},
    ]
    body = json.dumps({"head": {"vars": ["s", "o"]}, "results": {"bindings": bindings}}).encode()
    with serving(lambda _: (200, {"Content-Type": JSON}, body)) as fake:
        made = fake.store().construct(
            "PREFIX a: <a:> CONSTRUCT { ?s a:p ?o ; a a:Thing } WHERE { ?s ?p ?o }"
        )
        found = {(triple.subject, triple.object) for triple in made}

        assert fake.requests[0].query == "PREFIX a: <a:> SELECT * WHERE { ?s ?p ?o }"
    assert found == {
        (BlankNode("b1"), Literal("300", datatype=NamedNode("a:byte"))),
        (BlankNode("b1"), NamedNode("a:Thing")),
        (NamedNode("a:s"), NamedNode("a:Thing")),
    }


def test_the_short_form_of_construct_is_filled_in_too() -> None:
    with serving(lambda _: good(2)) as fake:
        made = list(fake.store().construct("CONSTRUCT WHERE { <a:s> <a:p> ?n } LIMIT 9"))

        assert fake.requests[0].query == "SELECT * WHERE { <a:s> <a:p> ?n } LIMIT 9"
    assert [triple.object for triple in made] == [Literal("0"), Literal("1")]


def test_describe_is_refused() -> None:
    with serving(lambda _: good()) as fake, pytest.raises(QueryError):
        fake.store().construct("DESCRIBE <a:s>")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"head": {}, "boolean": true}', True),
        (b'{"head": {}, "boolean": false}', False),
        (
            rows_of(2)[:0] + rows_of(1).replace(b'"n"', b'"__ASK_RETVAL"').replace(b'"0"', b'"1"'),
            True,
        ),
        (rows_of(1).replace(b'"n"', b'"__ask_retval"'), False),
    ],
)
def test_an_ask_is_read_as_servers_give_it(body: bytes, expected: bool) -> None:
    with serving(lambda _: (200, {"Content-Type": JSON}, body)) as fake:
        assert fake.store().ask("ASK { ?s ?p ?o }") is expected


def test_an_ask_that_is_answered_with_rows_is_an_error() -> None:
    with serving(lambda _: good()) as fake, pytest.raises(EndpointError, match="with rows"):
        fake.store().ask("ASK {}")


def test_graphs_are_sent_over_the_graph_store_protocol(tmp_path: Path) -> None:
    path = tmp_path / "data.trig"
    path.write_text(
        "@prefix a: <http://a/> . a:s a:p 12.00 . GRAPH a:h { a:s a:p 'ก', [] }", encoding="utf-8"
    )
    with serving(lambda _: (204, {}, b"")) as fake:
        store = fake.store()
        store.load(path)
        store.replace_graph("a:g&x", text="<a:s> <a:p> 1 .", format="ttl")
        sent = [(one.method, one.path, one.parameters, one.body) for one in fake.requests]

    assert [one[:3] for one in sent] == [
        ("POST", "/store", {"default": [""]}),
        ("POST", "/store", {"graph": ["http://a/h"]}),
        ("PUT", "/store", {"graph": ["a:g&x"]}),
    ]
    decimal = "http://www.w3.org/2001/XMLSchema#decimal"
    assert sent[0][3] == f'<http://a/s> <http://a/p> "12.00"^^<{decimal}> .\n'.encode()
    assert "'ก'".strip("'").encode() in sent[1][3]


def test_what_does_not_parse_is_not_sent() -> None:
    with serving(lambda _: (204, {}, b"")) as fake:
        with pytest.raises(SourceError):
            fake.store().replace_graph("a:g", text="<a:s> <a:p> 1 . oops", format="ttl")

        assert fake.requests == []


def test_addresses_that_cannot_be_guessed_have_to_be_given() -> None:
    store = RemoteStore("http://localhost/other", graphs=["a:g"], credentials=Credentials())
    with pytest.raises(EndpointError, match=r"update=\.\.\."):
        store.update("CLEAR ALL")
    with pytest.raises(EndpointError, match=r"data=\.\.\."):
        store.load(text="", format="ttl", graph="a:g")


def test_an_answer_with_columns_that_nobody_asked_for_is_refused() -> None:
    other = {"head": {"vars": ["z"]}, "results": {"bindings": []}}
    said = failure(lambda _: (200, {"Content-Type": JSON}, json.dumps(other).encode()))

    assert said.startswith("http://here/query: it answers with the columns z, which were not asked")
