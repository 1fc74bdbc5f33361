"""A replica service in threads, on paho, written from the source document and AWS's guide alone.

python -m live.replica_peers.service --style STYLE --port 1883 --data FOLDER --scheme aws --http-port 8080 [--bug BUG]
"""

import argparse
import json
import queue
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from live.replica_peers import rest
from live.replica_peers.shelf import Refused, Shelf, missing
from live.replica_peers.topics import SCHEMES, Twin

_LATE = 0.3  # seconds from request to answer
_BUGS = ("", "forgets-desired", "folds-case", "shallow", "mute", "counts-anew", "one-name", "half-rest")
Messages = list[tuple[str, dict[str, Any]]]


class Style(NamedTuple):
    """`fields`: whether there are versions, tokens and times at all; `rejects`: whether updates are refused aloud."""

    size: int = 8192
    depth: int = 6
    fields: bool = True
    codes: bool = True
    rejects: bool = True
    delta_first: bool = True
    iso: bool = False


STYLES = {
    "lavish": Style(),
    "late-delta": Style(delta_first=False, iso=True),
    "wordless": Style(codes=False),
    "bare": Style(0, 0, fields=False, codes=False, rejects=False),
}


class Service:
    """One thread hears (paho's), one decides, and one sends what is due."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.style, self.bug, self.port = STYLES[options.style], options.bug, options.port
        self.scheme, self.http_port = SCHEMES[options.scheme], options.http_port
        self.shelf = Shelf(options.data / "twins.json", self.style.size, self.style.depth, self.bug)
        self.asked: queue.Queue[tuple[str, bytes, rest.Answer | None]] = queue.Queue()
        self.due: queue.Queue[tuple[float, str, dict[str, Any]]] = queue.Queue()
        self.client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id="twin-keeper", clean_session=False)
        self.client.on_connect = self.on_connect
        self.client.on_message = self.on_message
        self.client.reconnect_delay_set(1, 5)

    def run(self) -> None:
        """Until the power goes."""
        for work in (self.decide, self.send):
            threading.Thread(target=work, daemon=True).start()
        if self.http_port:
            rest.serve(self.http_port, self.scheme, self.ask_over_http)
        self.client.connect("127.0.0.1", self.port)
        self.client.loop_forever()

    def on_connect(self, client: mqtt.Client, _data: object, _flags: object, reason: Any, _more: object) -> None:  # noqa: ANN401 - paho's
        """A session that was kept takes the same subscription once more."""
        if not reason.is_failure:
            client.subscribe([(topic, 1) for topic in self.scheme.filters])

    def on_message(self, _client: mqtt.Client, _data: object, message: mqtt.MQTTMessage) -> None:
        """Leave it to the thread that decides."""
        if self.bug != "mute":
            self.asked.put((message.topic, bytes(message.payload), None))

    def ask_over_http(self, topic: str, payload: bytes) -> tuple[int, dict[str, Any]]:
        """The same, for a client that waits."""
        answer: rest.Answer = queue.Queue()
        self.asked.put((topic, payload, answer))
        return answer.get(timeout=10)

    def decide(self) -> None:
        """One request after the other; over HTTP its answer goes to its client, and all else to everybody."""
        while True:
            topic, payload, answer = self.asked.get()
            twin, operation = self.scheme.read(topic)
            if self.bug == "one-name":
                twin = Twin(twin.device, "")
            due = time.monotonic() + _LATE
            messages = getattr(self, operation)(twin, payload)
            for level, body in messages:
                if answer and level in ("accepted", "rejected"):
                    if self.bug == "half-rest" and operation == "get" and level == "accepted":
                        body["state"].pop("reported")
                    answer.put((int(body.get("code") or 200) if level == "rejected" else 200, body))
                if not answer or level != "rejected":
                    self.due.put((due, f"{topic}/{level}", body))

    def send(self) -> None:
        """Each at its time, in the order of the requests."""
        while True:
            due, topic, body = self.due.get()
            time.sleep(max(0.0, due - time.monotonic()))
            self.client.publish(topic, json.dumps(body, indent=2, sort_keys=True), qos=1)

    # requests

    def update(self, of: Twin, payload: bytes) -> Messages:
        """The messages that follow it."""
        token = None
        now = float(int(time.time()))
        try:
            request = _read(payload)
            token = request.get("clientToken")
            _check(request)
            before = self.shelf.find(of.key)
            twin = self.shelf.write(of.key, request, now)
        except Refused as error:
            return [("rejected", self.refusal(error, token))] if self.style.rejects else []
        told = self.framed({"state": request["state"], "metadata": None}, twin["version"], token, now)
        differs = missing(twin["desired"], twin["reported"])
        news = (request["state"] or {}).get("reported") if self.scheme.tells_reports else None
        messages = [("accepted", told)]
        if differs or news:
            reported = {"reported": news} if self.scheme.tells_reports else {}
            delta = {"state": differs or None, **reported, "metadata": None}
            messages.append(("delta", self.framed(delta, twin["version"], token, now)))
        if self.scheme.documents:
            sides = {"previous": _side(before), "current": _side(twin), "timestamp": now, "clientToken": token}
            messages.append(("documents", sides))
        return messages[::-1] if self.style.delta_first else messages

    def delete(self, of: Twin, payload: bytes) -> Messages:
        """The content does not matter but for its token."""
        token = _token(payload)
        version = self.shelf.remove(of.key)
        if version is None:
            return [("rejected", self.refusal(Refused(404, "nothing is known of it"), token))]
        return [("accepted", self.framed({}, version, token, float(int(time.time()))))]

    def get(self, of: Twin, payload: bytes) -> Messages:
        """Likewise."""
        token = _token(payload)
        twin = self.shelf.find(of.key)
        if not twin:
            return [("rejected", self.refusal(Refused(404, "nothing is known of it"), token))]
        differs = missing(twin["desired"], twin["reported"])
        state = {"desired": twin["desired"] or None, "reported": twin["reported"] or None, "delta": differs or None}
        times = twin["times"] if self.style.fields and not self.style.iso else None
        body = {"state": state, "metadata": times}
        return [("accepted", self.framed(body, twin["version"], token, float(int(time.time()))))]

    def framed(self, body: dict[str, Any], version: int, token: object, now: float) -> dict[str, Any]:
        """With what stands around every message: null where the style lacks it."""
        frame: dict[str, Any] = {"version": None, "clientToken": None, "timestamp": None, "served_by": {"node": 3.0}}
        if self.style.fields:
            stamp = datetime.fromtimestamp(now, UTC).isoformat() if self.style.iso else now
            frame |= {"version": float(version), "clientToken": token, "timestamp": stamp}
        return {**frame, **body}

    def refusal(self, error: Refused, token: object) -> dict[str, Any]:
        """The reason why not."""
        told = {"code": float(error.code), "message": error.reason} if self.style.codes else {"error": error.reason}
        return {**told, "clientToken": token if self.style.fields else None, "hint": None}


def _side(twin: dict[str, Any] | None) -> dict[str, Any] | None:
    """One of the two documents that are shown of an update."""
    if twin is None:
        return None
    state = {name: twin[name] or None for name in ("reported", "desired")}
    return {"state": state, "metadata": twin["times"], "version": float(twin["version"])}


def _token(payload: bytes) -> object:
    """Of a request of which nothing else matters."""
    try:
        return _read(payload or b"{}").get("clientToken")
    except Refused:
        return None


def _read(payload: bytes) -> dict[str, Any]:
    """Every number is a float, as in many a language. Raises Refused."""

    def no_number(name: str) -> NoReturn:
        raise Refused(400, f"{name} is no JSON")

    try:
        content = json.loads(payload.decode("utf-8"), parse_int=float, parse_constant=no_number)
    except (ValueError, RecursionError) as error:
        code = 415 if isinstance(error, UnicodeDecodeError) else 400
        raise Refused(code, "that is no JSON in UTF-8") from error
    if not isinstance(content, dict):
        raise Refused(400, "that is no object")
    return content


def _check(request: dict[str, Any]) -> None:
    """Raises Refused."""
    token, version, state = request.get("clientToken"), request.get("version"), request.get("state", 0)
    if token is not None and not (isinstance(token, str) and len(token.encode()) <= 64):
        request["clientToken"] = None
        raise Refused(400, "that is no token")
    if version is not None and not (isinstance(version, float) and version >= 0 and version.is_integer()):
        raise Refused(400, "that is no version")
    if state is None:
        return
    if not isinstance(state, dict) or state.keys() - {"desired", "reported"}:
        raise Refused(400, "that is no state")
    if not all(part is None or isinstance(part, dict) for part in state.values()):
        raise Refused(400, "a section is an object")
    if _has_null_in_a_list(state):
        raise Refused(400, "null is in a list")


def _has_null_in_a_list(value: Any, *, inside: bool = False) -> bool:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return any(_has_null_in_a_list(one, inside=inside) for one in value.values())
    if isinstance(value, list):
        return any(_has_null_in_a_list(one, inside=True) for one in value)
    return inside and value is None


def main() -> None:
    """Run one."""
    parser = argparse.ArgumentParser(description=Service.__doc__)
    parser.add_argument("--style", choices=STYLES, default="lavish")
    parser.add_argument("--bug", choices=_BUGS, default="")
    parser.add_argument("--scheme", choices=SCHEMES, default="seed")
    parser.add_argument("--port", type=int, default=1883)
    parser.add_argument("--http-port", type=int, default=0)
    parser.add_argument("--data", type=Path, default=Path())
    Service(parser.parse_args()).run()


if __name__ == "__main__":
    main()
