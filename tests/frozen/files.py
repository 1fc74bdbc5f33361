"""The profiles and device files of that day, and every fact that is read in them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path

from harness.protocols.udmi.declaration import read_profile
from simulator.udmi.declared.device_file import DeviceFile
from tests.frozen.drive import FROZEN

FACTS = FROZEN / "files.txt"


def facts() -> Sequence[str]:
    """A line each: the file, where in it, and what stands there; what is empty or was not said is left out."""
    read = {
        **{path: read_profile(path) for path in _files("profiles")},
        **{path: DeviceFile.read(path) for path in _files("devices")},
    }
    return [
        f"{path.relative_to(FROZEN).as_posix()}: {fact}" for path, content in read.items() for fact in _facts(content)
    ]


def frozen_facts() -> Sequence[str]:
    """As they were written down."""
    return FACTS.read_text(encoding="utf-8").splitlines()


def write_facts() -> None:
    """All that is read today."""
    FACTS.write_text("".join(f"{fact}\n" for fact in facts()), encoding="utf-8")


def _files(folder: str) -> Sequence[Path]:
    return sorted((FROZEN / folder).iterdir())


def _facts(content: object, *where: str) -> Iterator[str]:
    if is_dataclass(content):
        content = {field.name: getattr(content, field.name) for field in fields(content)}
    if isinstance(content, Mapping):
        for name, value in content.items():
            yield from _facts(value, *where, str(name))
    elif isinstance(content, list | tuple):
        for number, value in enumerate(content):
            yield from _facts(value, *where, str(number))
    elif content not in (None, ""):
        yield f"{'.'.join(where)} = {content}"
