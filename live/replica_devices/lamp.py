"""A lamp behind a replica, in threads, on paho, written from the source document and AWS's guide alone.

python -m live.replica_devices.lamp --style STYLE --id LAMP-1 --port 1883 --service-port 8700 --data FOLDER [--bug BUG]
"""

import argparse
import json
import queue
import time
import uuid
from pathlib import Path
from typing import Any, NamedTuple

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from live.devices import console
from live.replica_devices.fittings import Fittings, spread

_PREFIXES = {"seed": "state/{}", "aws": "$aws/things/{}/shadow"}
_ANSWERS = ("update/delta", "update/accepted", "update/rejected", "get/accepted", "get/rejected")
_PATIENCE, _TRIES = 6.0, 3  # seconds for an answer; times that a request is made again
_NOT_FOUND, _CONFLICT, _PASSING = 404, 409, (429, 500)
_BUGS = ("", "deaf-on-return", "clobbers", "drops-equal", "hammers")


class Style(NamedTuple):
    """`whole`: every report has every value. `nulls`: what it lacks is written so. `floats`: so is every number.

    `beats`: seconds from one report of all to the next; 0: it tells of changes alone.
    """

    gets: bool = True
    persistent: bool = False
    whole: bool = True
    tokens: bool = True
    versions: bool = True
    nulls: bool = True
    floats: bool = True
    beats: float = 0.0


STYLES = {
    "nulls": Style(),
    "partial": Style(whole=False, tokens=False, versions=False),
    "waits": Style(gets=False, persistent=True, nulls=False, versions=False),
    "sdk": Style(persistent=True, nulls=False, floats=False),
    "beats": Style(persistent=True, whole=False, floats=False, versions=False, beats=4.0),
}


class Lamp:
    """paho's thread hears; one thread works on what came, and on what is due."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.style, self.bug = STYLES[options.style], options.bug
        self.id, self.prefix = options.id, _PREFIXES[options.scheme].format(options.id)
        self.port, self.service_port = options.port, options.service_port
        self.fittings = Fittings(options.data / "lamp.json")
        self.inbox: queue.Queue[tuple[str, Any]] = queue.Queue()
        self.seen: float = 0
        self.connections = 0
        self.open: dict[str, tuple[str, float, int]] = {}  # by token or kind: the kind, when it is due again, tries
        self.owed: set[str] = set()
        self.beat_at = time.monotonic()

    # paho

    def connect(self) -> None:
        """Go on trying, and subscribe each time; `inbox` is told when that is confirmed, and of all that comes."""
        clean = not self.style.persistent
        self.client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id=self.id, clean_session=clean)
        self.client.on_connect = self.on_connect
        self.client.on_subscribe = lambda *_: self.inbox.put(("connected", None))
        self.client.on_message = lambda _client, _data, message: self.inbox.put((message.topic, bytes(message.payload)))
        self.client.reconnect_delay_set(1, 30)
        self.client.connect_async("127.0.0.1", self.port, keepalive=20)
        self.client.loop_start()

    def is_connected(self) -> bool:
        """Whether anything can be said."""
        return self.client.is_connected()

    def publish(self, kind: str, body: dict[str, Any]) -> None:
        """A request."""
        self.client.publish(f"{self.prefix}/{kind}", json.dumps(_as_floats(body) if self.style.floats else body), qos=1)

    def on_connect(self, client: mqtt.Client, _data: object, _flags: object, reason: Any, _more: object) -> None:  # noqa: ANN401 - paho's
        """Subscribe to all answers, and begin once that is confirmed."""
        if not reason.is_failure:
            client.subscribe([(f"{self.prefix}/{answer}", 1) for answer in _ANSWERS])

    # the thread that works

    def run(self) -> None:
        """For ever."""
        console.serve(self.service_port, lambda path, body: self.inbox.put(("by hand", (path[1], body["value"]))))
        self.connect()
        while True:
            try:
                what, about = self.inbox.get(timeout=0.05)
            except queue.Empty:
                what, about = "nothing", None
            if what == "connected":
                self.begin()
            elif what == "by hand":
                self.owed |= self.fittings.set(*about)
            elif what != "nothing":
                self.receive(what.removeprefix(f"{self.prefix}/"), about)
            self.work()

    def begin(self) -> None:
        """Ask what is desired, or say what is so: then a delta tells it."""
        self.connections += 1
        self.open.clear()
        if self.bug == "deaf-on-return" and self.connections > 1:
            return
        if self.style.gets:
            self.ask("get")
        else:
            self.report()

    def work(self) -> None:
        """Report what is owed, and repeat what nobody answered."""
        now = time.monotonic()
        if not self.is_connected():
            return
        if self.owed:
            self.report()
        elif self.style.beats and now >= self.beat_at + self.style.beats:
            self.report(everything=True)
        for key, (kind, due, tries) in list(self.open.items()):
            if now >= due:
                del self.open[key]
                if tries < _TRIES or self.bug == "hammers":
                    self.again(kind, tries + 1)

    # what is said

    def ask(self, kind: str, state: object = None, tries: int = 0) -> None:
        """Publish a request, and remember it until it is answered."""
        token = uuid.uuid4().hex if self.style.tokens else None
        self.open[token or kind] = kind, time.monotonic() + _PATIENCE * 2**tries, tries
        body: dict[str, Any] = {"state": state} if kind == "update" else {}
        version = self.seen if self.style.versions and self.seen and kind == "update" else None
        frame = {"clientToken": token, "version": version, "firmware": None, "uptime": int(time.monotonic())}
        body |= {name: value for name, value in frame.items() if value is not None or self.style.nulls}
        self.publish(kind, body)

    def report(self, tries: int = 0, *, everything: bool = False) -> None:
        """All that is owed; a lamp that tells everything always tells all."""
        paths = None if self.style.whole or everything or not self.owed else sorted(self.owed)
        self.owed.clear()
        self.beat_at = time.monotonic()
        reported = self.fittings.told(paths)
        if self.style.nulls:
            reported["alarm"] = None
        self.ask("update", {"reported": reported}, tries)

    def again(self, kind: str, tries: int) -> None:
        """The request that was not answered, or refused for now, with what is so meanwhile."""
        if kind == "get":
            self.ask("get", tries=tries)
        else:
            self.report(tries)

    # what is heard

    def receive(self, kind: str, payload: bytes) -> None:
        """A message; what cannot be read is left alone."""
        try:
            body = json.loads(payload, parse_int=float if self.style.floats else int)
        except (ValueError, RecursionError):
            return
        if isinstance(body, dict):
            self.hear(kind, body)

    def hear(self, kind: str, body: dict[str, Any]) -> None:
        """A delta, or an answer."""
        operation, _, level = kind.partition("/")
        if level == "delta":
            self.take(body, body.get("state"))
            return
        token = body.get("clientToken")
        known = self.open.pop(token if isinstance(token, str) and self.style.tokens else operation, None)
        if known is None and not self.style.tokens:  # any answer may be to it
            known = operation, 0.0, 0
        if level == "rejected" and known:
            self.refused(operation, body.get("code"), known[2])
        elif operation == "update" and level == "accepted":
            self.seen = max(self.seen, _version(body))
        elif operation == "get" and level == "accepted" and known:
            state = body.get("state")
            wanted = state.get("desired") if isinstance(state, dict) else None
            if wanted:
                self.take(body, wanted)
            self.report(everything=True)

    def refused(self, operation: str, code: object, tries: int) -> None:
        """Create what is not there, take another version, wait, or leave it."""
        if self.bug == "hammers":
            self.open["again"] = operation, time.monotonic() + 0.2, 0
        elif operation == "get" and code == _NOT_FOUND:
            self.report(everything=True)
        elif operation == "update" and code == _CONFLICT:
            self.ask("get")
        elif code in _PASSING and tries < _TRIES:
            self.open["again"] = operation, time.monotonic() + 3.0 * 2**tries, tries

    def take(self, body: dict[str, Any], wanted: object) -> None:
        """Do what is desired, unless something newer was heard."""
        version = _version(body)
        is_old = version <= self.seen if self.bug == "drops-equal" else version < self.seen
        if not isinstance(wanted, dict) or (version and is_old):
            return
        self.seen = max(self.seen, version)
        if self.bug == "clobbers" and isinstance(wanted.get("color"), dict):
            wanted = {**wanted, "color": {"hue": 0.0, "saturation": 0.0, **wanted["color"]}}
        for path, value in spread(wanted):
            if self.fittings.takes(path, value):
                if self.fittings.values[path] != value:
                    self.owed |= self.fittings.set(path, value)
                self.owed.add(path)


def _version(body: dict[str, Any]) -> float:
    """Of the document; 0 where it is not told."""
    version = body.get("version")
    return version if isinstance(version, int | float) and not isinstance(version, bool) else 0.0


def _as_floats(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return {name: _as_floats(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_as_floats(item) for item in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def main(kind: type[Lamp] = Lamp) -> None:
    """Run a lamp of that kind."""
    parser = argparse.ArgumentParser(description=kind.__doc__)
    parser.add_argument("--style", choices=STYLES, default="nulls")
    parser.add_argument("--bug", choices=_BUGS, default="")
    parser.add_argument("--scheme", choices=_PREFIXES, default="seed")
    parser.add_argument("--id", default="LAMP-1")
    parser.add_argument("--port", type=int, default=1883)
    parser.add_argument("--shadow", default="")
    parser.add_argument("--service-port", type=int, default=8700)
    parser.add_argument("--data", type=Path, default=Path())
    kind(parser.parse_args()).run()


if __name__ == "__main__":
    main()
