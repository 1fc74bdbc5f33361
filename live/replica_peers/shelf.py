"""The documents of a peer: nested dicts in one JSON file, which is written before anything is told."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

_SECTIONS = ("desired", "reported")


class Refused(Exception):  # noqa: N818 - an answer, not an error of ours
    """An update that cannot be; `code` as over HTTP."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


class Shelf:
    """`bug`: the name of a fault that is planted. Limits: none where they are 0."""

    def __init__(self, file: Path, size: int, depth: int, bug: str) -> None:
        self.file, self.size, self.depth, self.bug = file, size, depth, bug
        self.twins: dict[str, dict[str, Any]] = json.loads(file.read_text("utf-8")) if file.exists() else {}

    def _key(self, device: str) -> str:
        return device.lower() if self.bug == "folds-case" else device

    def find(self, device: str) -> dict[str, Any] | None:
        """A copy of the document: the two sections, the times of their values, and the version."""
        twin = self.twins.get(self._key(device))
        return deepcopy(twin) if twin and not twin.get("gone") else None

    def remove(self, device: str) -> int | None:
        """Nothing but its version is kept, which is told; None: there is no document."""
        twin = self.find(device)
        if twin is None:
            return None
        kept = 0 if self.bug == "counts-anew" else twin["version"]
        self.twins[self._key(device)] = {"version": kept, "desired": {}, "reported": {}, "times": {}, "gone": True}
        self._save()
        return int(twin["version"])

    def write(self, device: str, request: dict[str, Any], now: float) -> dict[str, Any]:
        """The document after that update. Raises Refused."""
        left = self.twins.get(self._key(device), {}).get("version", 0)
        twin = self.find(device) or {"version": left, "desired": {}, "reported": {}, "times": {}}
        if request.get("version") not in (None, twin["version"]):
            raise Refused(409, "another version is there")
        state = request["state"] if request["state"] is not None else dict.fromkeys(_SECTIONS)
        for section in _SECTIONS:
            if section in state:
                patch = {section: state[section]}
                if patch[section] is None:
                    twin[section], twin["times"][section] = {}, {}
                elif self.bug == "shallow":
                    twin[section].update(patch[section])
                else:
                    put(twin, patch)
                    put(twin["times"], _stamped(patch, now))
        self._check(twin)
        twin["version"] += 1
        self.twins[self._key(device)] = deepcopy(twin)
        self._save()
        return twin

    def _check(self, twin: dict[str, Any]) -> None:
        whole = [twin[section] for section in _SECTIONS if twin[section]]
        if self.depth and any(_levels(one) > self.depth for one in whole):
            raise Refused(400, "that is too deep")
        compact = [json.dumps(one, separators=(",", ":"), ensure_ascii=False).encode() for one in whole]
        if self.size and sum(map(len, compact)) > self.size:
            raise Refused(413, "that is too much")

    def _save(self) -> None:
        kept = self.twins
        if self.bug == "forgets-desired":
            kept = {name: {**twin, "desired": {}} for name, twin in kept.items()}
        beside = self.file.with_suffix(".new")
        beside.write_text(json.dumps(kept), "utf-8")
        beside.replace(self.file)


def put(old: dict[str, Any], patch: dict[str, Any]) -> None:
    """Change the dict in place: null takes a field away, an object goes on inside, all else takes the place."""
    for name, value in patch.items():
        if value is None:
            old.pop(name, None)
        elif isinstance(value, dict):
            if not isinstance(old.get(name), dict):
                old[name] = {}
            put(old[name], value)
        else:
            old[name] = value


def missing(wanted: dict[str, Any], have: dict[str, Any]) -> dict[str, Any]:
    """The part of `wanted` that is not so in `have`."""
    return dict(_missing(wanted, have))


def _missing(wanted: dict[str, Any], have: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in wanted.items():
        if isinstance(value, dict) and isinstance(have.get(name), dict):
            if inner := missing(value, have[name]):
                yield name, inner
        elif name not in have or json.dumps(have[name], sort_keys=True) != json.dumps(value, sort_keys=True):
            yield name, value


def _stamped(value: Any, now: float) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return {name: _stamped(inner, now) for name, inner in value.items()}
    if isinstance(value, list):
        return [_stamped(item, now) for item in value]
    return value if value is None else {"timestamp": now}


def _levels(value: Any) -> int:  # noqa: ANN401 - any JSON
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(_levels, inner), default=0)
