"""An update agent whose commands go unit by unit: each baseline, and each component that is in none.

`whole`: feedback is of the whole instead, and components are done all at once.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from live.update_agents.shelf import UNKNOWN, Shelf, Wanted, read_wanted, trouble
from live.update_agents.wire import Wire

_PACE = 0.2  # seconds that an action takes in a phase
_PARTS = 3  # in which the progress of an action is told
_PHASES = {
    "DOWNLOAD": ("DOWNLOADING", "DOWNLOAD_SUCCESS", "DOWNLOAD_FAILURE"),
    "UPDATE": ("UPDATING", "UPDATE_SUCCESS", "UPDATE_FAILURE"),
    "ACTIVATE": ("ACTIVATING", "ACTIVATION_SUCCESS", "ACTIVATION_FAILURE"),
}
_BEFORE = {"DOWNLOAD": "IDENTIFIED", "UPDATE": "DOWNLOAD_SUCCESS", "ACTIVATE": "UPDATE_SUCCESS"}
_REMOVING = ("REMOVING", "REMOVAL_SUCCESS", "REMOVAL_FAILURE")


@dataclass
class Piece:
    """An action. `version`: the one that it is to have; of one that is to go, the one that it has."""

    name: str
    version: str
    goes: bool
    status: str = "IDENTIFIED"
    progress: int | None = None
    message: str | None = None


@dataclass
class Unit:
    """Pieces that are done together."""

    title: str
    pieces: list[Piece]
    status: str = "IDENTIFIED"


@dataclass
class Errand:
    """A desired state under way."""

    activity: str
    units: list[Unit] = field(default_factory=list)
    before: dict[str, str] = field(default_factory=dict)
    failed: bool = False
    over: bool = False

    @property
    def pieces(self) -> list[Piece]:
        """Of all units."""
        return [piece for unit in self.units for piece in unit.pieces]


class Units:
    """`seldom`: it says nothing of what is under way. `lenient`: a command out of turn is left.

    `shuffled`: lists have no order. `needs_image`: a component whose configuration names no image is refused.
    """

    def __init__(
        self,
        wire: Wire,
        shelf: Shelf,
        domain: str,
        *,
        whole: bool,
        seldom: bool = False,
        shuffled: bool = False,
        lenient: bool = False,
        needs_image: bool = False,
    ) -> None:
        self._wire, self._shelf, self._domain = wire, shelf, domain
        self._whole, self._seldom, self._shuffled, self._lenient = whole, seldom, shuffled, lenient
        self._needs_image = needs_image
        self._errand = Errand("", over=True)
        self._done: set[str] = set()

    def connected(self) -> None:
        """Tell the current state, of no activity."""
        self._tell_state("")

    def asked(self, payload: bytes) -> None:
        """Answer whatever is asked."""
        try:
            activity, _ = self._wire.read(payload)
        except (ValueError, RecursionError):
            activity = ""
        self._tell_state(activity)

    def desired(self, activity: str, body: Any) -> Iterator[float]:  # noqa: ANN401 - JSON
        """Identify it, once; a new one takes the place of the one before."""
        if activity and activity in self._done:
            return
        self._done.add(activity)
        self._errand = errand = Errand(activity, before=dict(self._shelf.versions))
        self._feed("IDENTIFYING")
        yield 0.1
        try:
            wanted = read_wanted(body)
            flaw = self._flaw(wanted)
        except ValueError as error:
            flaw = str(error)
        if flaw:
            errand.over = True
            self._feed("IDENTIFICATION_FAILED", message=flaw)
            return
        errand.units = list(self._units(wanted))
        self._feed("IDENTIFIED")
        if not errand.pieces:
            errand.over = True
            self._feed("COMPLETED")

    def commanded(self, activity: str, command: str, baseline: str) -> Iterator[float]:
        """On one unit, or on all of them."""
        errand = self._errand
        if activity != errand.activity or errand.over:
            return
        units = [unit for unit in errand.units if baseline in ("", "*", unit.title)]
        if not units and command in _PHASES:
            self._feed(_PHASES[command][2], message=f"there is no baseline {baseline}", baseline=baseline)
        elif command == "CLEANUP":
            yield from self._clean_up(units)
        elif command == "ROLLBACK":
            yield from self._roll_back(units)
        elif command in _PHASES:
            yield from self._phase(command, units, baseline)

    def _phase(self, command: str, units: list[Unit], baseline: str) -> Iterator[float]:
        due = [unit for unit in units if unit.status == _BEFORE[command]]
        if not due:
            if not self._lenient:
                words = f"{command} has to follow {_BEFORE[command]}"
                self._feed(_PHASES[command][2], message=words, baseline=baseline or None)
            return
        _, success, failure = _PHASES[command]
        for unit in due:
            yield from self._work(command, unit, baseline)
            unit.status = failure if any("FAILURE" in piece.status for piece in unit.pieces) else success
            self._errand.failed |= unit.status == failure
            if not self._whole:
                self._feed(unit.status, baseline=unit.title)
        if self._whole:
            all_well = all(unit.status == success for unit in due)
            self._feed(success if all_well else failure, baseline=baseline or None)

    def _work(self, command: str, unit: Unit, baseline: str) -> Iterator[float]:
        """A component that is to go goes with the update."""
        told = (baseline or None) if self._whole else unit.title
        under_way = _PHASES[command][0]
        for piece in unit.pieces:
            if piece.goes and command != "UPDATE":
                continue
            begun, done, failed = _REMOVING if piece.goes else _PHASES[command]
            piece.status = begun
            for part in range(_PARTS):
                piece.progress = part * 100 // _PARTS
                if not self._seldom:
                    self._feed(under_way, baseline=told)
                yield _PACE / _PARTS
            why = None if piece.goes else trouble(piece.version, command)
            piece.status, piece.progress, piece.message = failed if why else done, None if why else 100, why
            if piece.goes or (command == "ACTIVATE" and not why):
                self._shelf.put(piece.name, None if piece.goes else piece.version)

    def _roll_back(self, units: list[Unit]) -> Iterator[float]:
        self._feed("ROLLBACK")
        yield _PACE
        for unit in units:
            unit.status = "ROLLBACK_SUCCESS"
            for piece in unit.pieces:
                self._shelf.put(piece.name, self._errand.before.get(piece.name))
        self._errand.failed = True
        for unit in [] if self._whole else units:
            self._feed("ROLLBACK_SUCCESS", baseline=unit.title)
        if self._whole:
            self._feed("ROLLBACK_SUCCESS")

    def _clean_up(self, units: list[Unit]) -> Iterator[float]:
        errand = self._errand
        for unit in units:
            yield _PACE / _PARTS
            errand.failed |= unit.status != "ACTIVATION_SUCCESS"
            unit.status = "CLEANUP_SUCCESS"
            if not self._whole:
                self._feed("CLEANUP_SUCCESS", baseline=unit.title)
        if self._whole:
            self._feed("CLEANUP_SUCCESS")
        if all(unit.status == "CLEANUP_SUCCESS" for unit in errand.units):
            errand.over = True
            self._feed("INCOMPLETE" if errand.failed else "COMPLETED")

    def _flaw(self, wanted: Wanted) -> str | None:
        if wanted.domains != [self._domain]:
            return f"this is the agent of {self._domain} alone"
        if UNKNOWN in wanted.components.values():
            return f"nobody knows {UNKNOWN}"
        bare = [name for name in wanted.components if self._needs_image and "image" not in wanted.configs[name]]
        if bare:
            return f"{bare[0]} has no image"
        return None

    def _units(self, wanted: Wanted) -> Iterator[Unit]:
        have = self._shelf.versions
        pieces = {
            f"{self._domain}:{name}": Piece(name, version, goes=False)
            for name, version in wanted.components.items()
            if have.get(name) != version
        }
        pieces |= {
            f"{self._domain}:{name}": Piece(name, version, goes=True)
            for name, version in have.items()
            if name not in wanted.components
        }
        for title, names in wanted.baselines.items():
            yield Unit(title, [pieces.pop(name) for name in names if name in pieces])
        for name, piece in pieces.items():
            yield Unit(name, [piece])

    def _feed(self, status: str, *, message: str | None = None, baseline: str | None = None) -> None:
        actions = [
            {
                "component": {"id": f"{self._domain}:{piece.name}", "version": piece.version},
                "status": piece.status,
                "progress": piece.progress,
                "message": piece.message,
            }
            for piece in self._errand.pieces
        ]
        if self._shuffled:
            random.shuffle(actions)
        content = {"status": status, "baseline": baseline, "message": message, "actions": actions or None}
        self._wire.publish("desiredstatefeedback", self._errand.activity, content)

    def _tell_state(self, activity: str) -> None:
        nodes: list[dict[str, Any]] = [
            {"id": f"{self._domain}:{name}", "version": version, "type": "APPLICATION", "name": None}
            for name, version in self._shelf.versions.items()
        ]
        links = [{"sourceId": "agent", "targetId": node["id"]} for node in nodes]
        if self._shuffled:
            random.shuffle(nodes)
        own = {"id": "agent", "type": "APPLICATION", "parameters": [{"key": "domain", "value": self._domain}]}
        content = {"hardwareNodes": None, "softwareNodes": [*nodes, own], "associations": links}
        self._wire.publish("currentstate", activity, content, retain=True)
