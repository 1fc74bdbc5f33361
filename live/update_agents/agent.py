"""An update agent in threads, on paho, in the style of one maker or another.

python -m live.update_agents.agent --style STYLE --port 1883 --data FOLDER [--domain containers]
"""

import argparse
import queue
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from live.update_agents.kanto import Kanto
from live.update_agents.leda import Leda
from live.update_agents.shelf import Shelf
from live.update_agents.units import Units
from live.update_agents.wire import Paper, Wire

Work = Iterator[float]  # what is to be done, one after the other; each item: seconds until it goes on


class Mind(Protocol):
    """The part of an agent that decides."""

    def connected(self) -> None:
        """The broker is there, and subscriptions are made."""

    def asked(self, payload: bytes) -> None:
        """Somebody asks for the current state."""

    def desired(self, activity: str, body: Any) -> Work:  # noqa: ANN401 - JSON
        """A desired state came."""

    def commanded(self, activity: str, command: str, baseline: str) -> Work:
        """A command came."""


def mind_of(style: str, wire: Wire, domain: str, data: Path) -> Mind:
    """The mind of that style."""
    shelf = Shelf(data / "shelf.json")
    match style:
        case "kanto":
            return Kanto(wire, shelf, domain)
        case "leda":
            return Leda(wire, Shelf(data / "image.json", {"os-image": "1.0"}), domain)
        case "seldom":
            return Units(wire, shelf, domain, whole=True, seldom=True, shuffled=True)
        case "units":
            return Units(wire, shelf, domain, whole=False, needs_image=True)
        case _:
            return Units(wire, shelf, domain, whole=True, lenient=True)


PAPERS = {
    "plain": Paper(bare=True),
    "seldom": Paper(nulls=True, floats=True, shuffles=True),
}


class Agent:
    """One thing is worked on at a time; questions are answered in between."""

    def __init__(self, options: argparse.Namespace) -> None:
        client = "self-update-agent" if options.style == "leda" else ""
        paper = PAPERS.get(options.style, Paper())
        heeds_old = options.style in ("kanto", "leda")
        self._wire = Wire(options.port, options.domain, paper, client=client, heeds_old=heeds_old)
        self._mind = mind_of(options.style, self._wire, options.domain, options.data)
        self._waiting: deque[Work] = deque()
        self._due = 0.0

    def run(self) -> None:
        """For ever."""
        self._wire.connect()
        while True:
            try:
                most = max(0.0, self._due - time.monotonic()) if self._waiting else None
                word, payload = self._wire.inbox.get(timeout=most)
            except queue.Empty:
                self._work()
            else:
                self._hear(word, payload)

    def _hear(self, word: str, payload: bytes) -> None:
        if word == "connected":
            self._mind.connected()
        elif word == "currentstate/get":
            self._mind.asked(payload)
        else:
            try:
                activity, body = self._wire.read(payload)
            except (ValueError, RecursionError):
                return
            if word == "desiredstate":
                self._begin(self._mind.desired(activity, body))
            elif isinstance(body, dict) and isinstance(command := body.get("command"), str):
                baseline = body.get("baseline") or ""
                if isinstance(baseline, str):
                    self._begin(self._mind.commanded(activity, command, baseline))

    def _begin(self, work: Work) -> None:
        if not self._waiting:
            self._due = 0.0
        self._waiting.append(work)

    def _work(self) -> None:
        """Go on with what is due."""
        if not self._waiting or time.monotonic() < self._due:
            return
        seconds = next(self._waiting[0], None)
        if seconds is None:
            self._waiting.popleft()
        self._due = time.monotonic() + (seconds or 0.0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--style", default="kanto")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--domain", default="containers")
    Agent(parser.parse_args()).run()
