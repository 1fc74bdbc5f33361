"""Another plugin of the environment may have an option of the same name: the operator is told which, and what to do.

Left alone, whichever comes second ends pytest with a traceback.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from types import FrameType, ModuleType
from typing import NoReturn

import pytest

from harness.judging.verdicts.finding import Outcome

Adds = Callable[..., None]
_HOOK = "pytest_addoption"


class Ours:
    """The options of ours. A group is kept as it is added to; `watch` sees to those that come later."""

    def __init__(self, parser: pytest.Parser, plugins: pytest.PytestPluginManager) -> None:
        self._parser, self._plugins = parser, plugins
        self._names: set[str] = set()

    def group(self, name: str, description: str) -> Adds:
        """Adds an option of ours to a group of ours, or ends where somebody else has it already."""
        group = self._parser.getgroup(name, description)

        def add(*names: str, **what: object) -> None:
            self._names.update(names)
            try:
                group.addoption(*names, **what)
            except (ValueError, argparse.ArgumentError):
                _give_up(
                    f"another plugin has an option {names[0]} already, as Setpoint has: leave it out by -p no:NAME; "
                    "`pytest --trace-config -p no:harness.plugin` in another folder lists the names"
                )

        return add

    def watch(self) -> None:
        """From now on, nobody else takes a name of ours without being named."""
        self._parser.addoption = self._watched(self._parser.addoption)  # type: ignore[method-assign]
        getgroup = self._parser.getgroup

        def watched(name: str, description: str = "", after: str | None = None) -> pytest.OptionGroup:
            group = getgroup(name, description, after)
            if "addoption" not in vars(group):
                group.addoption = self._watched(group.addoption)  # type: ignore[method-assign]
            return group

        self._parser.getgroup = watched  # type: ignore[method-assign]

    def _watched(self, add: Adds) -> Adds:
        def added(*names: str, **what: object) -> None:
            if taken := self._names & set(names):
                _give_up(self._words(min(taken)))
            add(*names, **what)

        return added

    def _words(self, option: str) -> str:
        name = self._who_adds()
        both = f"has an option {option}, as Setpoint has, so the two do not go together"
        if name.endswith(".py"):
            return f"{name} {both}: run pytest elsewhere, or give that option another name"
        return f"the plugin {name} {both}: leave it out by -p no:{name}"

    def _who_adds(self) -> str:
        """The name by which pytest knows the plugin that is just adding its options."""
        for frame in _frames():
            if frame.f_code.co_name != _HOOK:
                continue
            for name, plugin in self._plugins.list_name_plugin():
                if getattr(getattr(plugin, _HOOK, None), "__code__", None) is frame.f_code:
                    return _typed(name, plugin)
            return str(frame.f_globals.get("__name__", "unknown"))
        return "unknown"


def _typed(name: str, plugin: object) -> str:
    """The name for `-p no:`; a conftest.py has only a path."""
    is_conftest = isinstance(plugin, ModuleType) and str(plugin.__file__).endswith("conftest.py")
    return str(plugin.__file__) if is_conftest and isinstance(plugin, ModuleType) else name


def _frames() -> Iterator[FrameType]:
    frame: FrameType | None = sys._getframe()  # noqa: SLF001 - nothing else says who calls
    while frame is not None:
        yield frame
        frame = frame.f_back


def _give_up(sentence: str) -> NoReturn:
    """While options are added, pytest takes no other way out without a traceback."""
    print(f"setpoint: {sentence}", file=sys.stderr)  # noqa: T201 - to the operator
    raise SystemExit(int(Outcome.UNUSABLE))
