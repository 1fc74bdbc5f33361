"""The components of an agent, in a file that outlives its power, and what it takes to have another version."""

import json
from pathlib import Path
from typing import Any, NamedTuple

_AT_FIRST = {"web": "1.0", "store": "4.3"}
_FAILS = {"9.1": "DOWNLOAD", "9.2": "UPDATE", "9.3": "ACTIVATE"}
UNKNOWN = "no-such-version"


class Shelf:
    """`versions`: by the ids of components, without the domain."""

    def __init__(self, file: Path, at_first: dict[str, str] | None = None) -> None:
        self._file = file
        self.versions: dict[str, str] = (
            json.loads(file.read_text("utf-8")) if file.exists() else dict(at_first or _AT_FIRST)
        )

    def put(self, name: str, version: str | None) -> None:
        """Have that version of it; None: have none."""
        if version is None:
            self.versions.pop(name, None)
        else:
            self.versions[name] = version
        beside = self._file.with_suffix(".new")
        beside.write_text(json.dumps(self.versions), "utf-8")
        beside.replace(self._file)


def trouble(version: str, command: str) -> str | None:
    """The reason why that version fails then."""
    return f"{version} fails in {command}" if _FAILS.get(version) == command else None


class Wanted(NamedTuple):
    """A desired state: the ids of its domains, components of the first with their versions, and baselines by title.

    `configs`: by component.
    """

    domains: list[str]
    components: dict[str, str]
    baselines: dict[str, list[str]]
    configs: dict[str, dict[str, str]]


def read_wanted(body: Any, *, objects: bool = True) -> Wanted:  # noqa: ANN401 - JSON
    """Raises ValueError where it has not the types that it should have.

    `objects`: whether a configuration may be an object, too, and not only a list of keys with values.
    """
    try:
        domains = list(body.get("domains") or [])
        parts = list(domains[0]["components"]) if domains else []
        components = {str(one["id"]): str(one["version"]) for one in parts}
        configs = {str(one["id"]): _config(one.get("config") or [], objects=objects) for one in parts}
        baselines = {str(one["title"]): [*map(str, one["components"])] for one in body.get("baselines") or []}
        return Wanted([str(domain.get("id", "")) for domain in domains], components, baselines, configs)
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"cannot read the desired state: {error!r}") from error


def _config(given: Any, *, objects: bool) -> dict[str, str]:  # noqa: ANN401 - JSON
    if isinstance(given, dict) and objects:
        return {str(key): str(value) for key, value in given.items()}
    if isinstance(given, dict):
        raise TypeError("cannot decode an object into a list")
    return {str(pair["key"]): str(pair["value"]) for pair in given}
