"""An agent with the habits of Kanto's container agent, from what is known of it.

A command that names no baseline is for everything, and so is its feedback; one that names a baseline is for that.
Either has a status of its own, that a command must follow. All feedback lists every action, and no progress.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from time import time
from typing import Any

from live.update_agents.shelf import Shelf, Wanted, read_wanted, trouble
from live.update_agents.wire import Wire

_TAKES = 0.2  # seconds for one action in one phase
_AFTER = {
    "DOWNLOAD": ("IDENTIFIED",),
    "UPDATE": ("DOWNLOAD_SUCCESS",),
    "ACTIVATE": ("UPDATE_SUCCESS",),
    "ROLLBACK": ("DOWNLOAD_SUCCESS", "UPDATE_SUCCESS", "ACTIVATION_FAILURE", "ACTIVATION_SUCCESS"),
    "CLEANUP": (),
}
_WORDS = {
    "DOWNLOAD": ("DOWNLOADING", "DOWNLOAD"),
    "UPDATE": ("UPDATING", "UPDATE"),
    "ACTIVATE": ("ACTIVATING", "ACTIVATION"),
}
_DONE_BY = {
    "DOWNLOAD": ("recreate", "create"),
    "UPDATE": ("recreate", "destroy"),
    "ACTIVATE": ("recreate", "create", "check"),
}
_MESSAGES = {"DOWNLOAD": "The new one is there.", "UPDATE": "The old one is stopped.", "ACTIVATE": "The new one runs."}


@dataclass
class Deed:
    """An action on one container."""

    name: str
    version: str
    kind: str
    message: str
    status: str = "IDENTIFIED"


@dataclass
class Set:
    """A baseline, or everything."""

    title: str
    deeds: list[Deed]
    status: str = "IDENTIFIED"


class Kanto:
    """A new desired state takes the place of the one before, and nobody is told."""

    def __init__(self, wire: Wire, shelf: Shelf, domain: str) -> None:
        self._wire, self._shelf, self._domain = wire, shelf, domain
        self._activity: str | None = None
        self._before: dict[str, str] = {}
        self._all = Set("", [])
        self._sets: dict[str, Set] = {}

    def connected(self) -> None:
        """Tell the current state, with an activity of its own making."""
        self._tell_state(f"initial-current-state-{time() * 1000:.0f}")

    def asked(self, payload: bytes) -> None:
        """Answer with the activity; what has none is no question."""
        try:
            activity, _ = self._wire.read(payload)
        except (ValueError, RecursionError):
            return
        self._tell_state(activity)

    def desired(self, activity: str, body: Any) -> Iterator[float]:  # noqa: ANN401 - JSON
        """Identify; what cannot be decoded is dropped."""
        try:
            wanted = read_wanted(body, objects=False)
        except ValueError:
            return
        self._activity, self._all, self._sets = activity, Set("", []), {}
        self._feed("IDENTIFYING")
        yield 0.05
        if flaw := self._flaw(wanted):
            self._feed("IDENTIFICATION_FAILED", message=flaw)
            return
        self._identify(wanted)
        self._feed("IDENTIFIED")
        if not self._all.deeds:
            self._activity = None
            self._feed("COMPLETED", activity=activity)

    def commanded(self, activity: str, command: str, baseline: str) -> Iterator[float]:
        """Do it, or refuse it; another activity's is left."""
        if activity != self._activity or command not in _AFTER:
            return
        chosen = self._all if baseline in ("", "*") else self._sets.get(baseline)
        refusal = {"CLEANUP": "CLEANUP", "ROLLBACK": "ROLLBACK_FAILURE"}.get(command) or f"{_WORDS[command][1]}_FAILURE"
        if chosen is None:
            self._feed(refusal, message=f"Unknown baseline {baseline}", baseline=baseline)
        elif _AFTER[command] and chosen.status not in _AFTER[command]:
            words = f"{command} is possible only after status {'|'.join(_AFTER[command])} is reported"
            self._feed(refusal, message=words, baseline=baseline)
        else:
            chosen.title = baseline
            match command:
                case "CLEANUP":
                    yield from self._clean_up(chosen)
                case "ROLLBACK":
                    yield from self._roll_back(chosen)
                case _:
                    yield from self._execute(chosen, command)

    def _execute(self, chosen: Set, command: str) -> Iterator[float]:
        """A deed that is done is only said to be when the next begins, or the phase ends."""
        under_way, noun = _WORDS[command]
        last: Deed | None = None
        for deed in (one for one in chosen.deeds if one.kind in _DONE_BY[command]):
            if last:
                last.status, last.message = f"{noun}_SUCCESS", _MESSAGES[command]
            last = deed
            deed.status = chosen.status = under_way
            self._feed(under_way, baseline=chosen.title)
            yield _TAKES
            if why := trouble(deed.version, command) if deed.kind != "destroy" else None:
                deed.status, deed.message, chosen.status = f"{noun}_FAILURE", why, f"{noun}_FAILURE"
                self._feed(chosen.status, baseline=chosen.title)
                return
            if command == "ACTIVATE" and deed.kind != "check":
                self._shelf.put(deed.name, deed.version)
        if last:
            last.status, last.message = f"{noun}_SUCCESS", _MESSAGES[command]
        chosen.status = f"{noun}_SUCCESS"
        self._feed(chosen.status, baseline=chosen.title)

    def _roll_back(self, chosen: Set) -> Iterator[float]:
        """To Kanto it is an update that fails, of each container that is new."""
        for deed in (one for one in chosen.deeds if one.kind in ("recreate", "create")):
            deed.status = "UPDATING"
            self._feed("ROLLBACK", baseline=chosen.title)
            yield _TAKES
            self._shelf.put(deed.name, self._before.get(deed.name))
            deed.status, deed.message = "UPDATE_FAILURE", "It failed, and the old one is back."
        chosen.status = "ROLLBACK_SUCCESS"
        self._feed(chosen.status, baseline=chosen.title)

    def _clean_up(self, chosen: Set) -> Iterator[float]:
        """A container that was stopped is removed, where all went well; the end follows once no baseline is left."""
        if chosen is self._all:
            self._sets.clear()
        else:
            self._sets.pop(chosen.title, None)
        is_well = chosen.status == "ACTIVATION_SUCCESS"
        yield _TAKES
        for deed in (one for one in chosen.deeds if is_well and one.kind == "destroy"):
            self._shelf.put(deed.name, None)
            if deed.status == "UPDATE_SUCCESS":
                deed.status, deed.message = "REMOVAL_SUCCESS", "The old one is gone."
        self._feed("CLEANUP_SUCCESS", baseline=chosen.title)
        if not self._sets:
            activity, self._activity = self._activity, None
            self._feed("COMPLETED" if is_well else "INCOMPLETE", activity=activity)

    def _flaw(self, wanted: Wanted) -> str | None:
        if len(wanted.domains) != 1:
            return f"one domain expected in desired state, {len(wanted.domains)} received"
        if wanted.domains[0] != self._domain:
            return f"domain id mismatch - expecting {self._domain}, received {wanted.domains[0]}"
        known = {f"{self._domain}:{name}" for name in wanted.components}
        for title, names in wanted.baselines.items():
            if strange := [name for name in names if name not in known]:
                return f"baseline {title} has an unknown component {strange[0]}"
        return None

    def _identify(self, wanted: Wanted) -> None:
        """Every container has an action, one that is as desired too."""
        have = self._before = dict(self._shelf.versions)
        deeds = []
        for name, version in wanted.components.items():
            kind = "create" if name not in have else "check" if have[name] == version else "recreate"
            deeds.append(Deed(name, version, kind, kind))
        gone = [Deed(name, have[name], "destroy", "destroy") for name in have if name not in wanted.components]
        self._all = Set("", [*deeds, *gone])
        left = {f"{self._domain}:{deed.name}": deed for deed in deeds}
        self._sets = {f"{self._domain}:remove-components": Set("", gone)}
        for title, names in wanted.baselines.items():
            self._sets[title] = Set(title, [left.pop(name) for name in names if name in left])
        self._sets |= {name: Set(name, [deed]) for name, deed in left.items()}

    def _feed(self, status: str, *, message: str = "", baseline: str = "", activity: str | None = None) -> None:
        """Go leaves out what is empty."""
        actions = [
            {
                "component": {"id": f"{self._domain}:{deed.name}", "version": deed.version},
                "status": deed.status,
                "message": deed.message or None,
            }
            for deed in self._all.deeds
        ]
        content: dict[str, Any] = {"baseline": baseline, "status": status, "message": message, "actions": actions}
        content = {name: value or None for name, value in content.items()}
        self._wire.publish("desiredstatefeedback", activity or self._activity, content)

    def _tell_state(self, activity: str) -> None:
        agent = f"{self._domain}-update-agent"
        nodes: list[dict[str, Any]] = [
            {
                "id": agent,
                "version": "0.1.0-M4",
                "name": "Update agent of containers",
                "parameters": [{"key": "domain", "value": self._domain}],
                "type": "APPLICATION",
            }
        ]
        for name, version in self._shelf.versions.items():
            image = {"key": "image", "value": f"registry.lab/{name}:{version}"}
            nodes.append(
                {"id": f"{self._domain}:{name}", "version": version, "parameters": [image], "type": "CONTAINER"}
            )
        links = [{"sourceId": agent, "targetId": node["id"]} for node in nodes[1:]]
        content = {"softwareNodes": nodes, "associations": links or None}
        self._wire.publish("currentstate", activity, content, retain=True)
