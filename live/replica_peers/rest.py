"""The peer's REST: a document is got there, by AWS's path or that of the source document, on Python's own server."""

import json
import queue
import re
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from live.replica_peers.topics import Scheme, Twin

Answer = queue.Queue[tuple[int, dict[str, Any]]]
Ask = Callable[[str, bytes], tuple[int, dict[str, Any]]]


def serve(port: int, scheme: Scheme, ask: Ask) -> None:
    """In threads of its own, as long as the process lasts. `ask`: by topic and payload."""
    pattern = re.compile(scheme.path)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            found = pattern.fullmatch(url.path)
            name = parse_qs(url.query).get("name", [""])[0]
            status, body = ask(scheme.topic(Twin(found[1], name), "get"), b"") if found else (404, {})
            payload = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 - as http.server calls it
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
