"""How the operator chose a part of the judgements, and whether that hid some from the collection.

`setpoint test` names suites by the paths that they have in a checkout, wherever they are installed.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.files.bundled import BUNDLED, have_suites_found
from harness.plugin.run import RUN
from harness.protocol import Protocol, protocols, subjects
from harness.report.scope import Selection
from harness.suite_folder import suite_folder, top_of

_SUITES = "suites"
_DESELECTING = (("keyword", "-k"), ("markexpr", "-m"), ("maxfail", "--maxfail"))
_HIDING = (("lf", "--lf"), ("stepwise", "--sw"))
_LISTS = (("deselect", "--deselect"), ("ignore", "--ignore"), ("ignore_glob", "--ignore-glob"))


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, parser: pytest.Parser, args: list[str]) -> None:
    """Put where they lie in place of such paths, before pytest looks for any: all that are installed, if none is named.

    pytest reads `args` once more, now that every option is known; until then, it goes by what it has read of it.
    """
    if not early_config.known_args_namespace.own_suites:
        return
    named: list[str] = early_config.known_args_namespace.file_or_dir
    for typed in named:
        args[_last(args, typed)] = _place_of(typed)
    if not named:
        args.extend(_all_suites())
    named[:] = parser.parse_known_args(args).file_or_dir


def selection_of(config: pytest.Config, subject: str) -> Selection:
    """The judgements on that subject which were collected of the suites, and those that were chosen of them."""
    run = config.stash[RUN]
    about = {requirement.id for requirement in run.catalogue.of(subject)}
    judgements = Counter({name: count for name, count in run.judgements.items() if name in about})
    hidden = [*_hiding(config), *([f"{run.uncollected} not to be collected"] if run.uncollected else [])]
    return Selection(judgements, (*hidden, *_deselecting(config)), bool(hidden))


def plugs_named(config: pytest.Config) -> Sequence[Protocol]:
    """The plugs in whose suites every path lies that was typed; none where a path lies elsewhere, or above them."""
    paths = [_path_of(argument.partition("::")[0], config) for argument in config.args]
    plugs = [plug for plug in protocols() if any(_is_of(plug, path) for path in paths)]
    return plugs if all(any(_is_of(plug, path) for plug in plugs) for path in paths) else []


def _hiding(config: pytest.Config) -> Iterator[str]:
    """Options that keep files, or judgements in them, from being collected: such judgements are not counted."""
    own = f"{BUNDLED}/" if config.option.own_suites else ""
    yield from (argument.removeprefix(own) for argument in config.args if _is_narrow(argument, config))
    yield from (word for name, word in _HIDING if getattr(config.option, name, False))
    for name, word in _LISTS:
        yield from (f"{word}={value}" for value in getattr(config.option, name, None) or () if name != "deselect")


def _deselecting(config: pytest.Config) -> Iterator[str]:
    """Options that leave out some of the collected judgements."""
    yield from (f"--only={name}" for name in config.option.only or ())
    yield from (f"--deselect={name}" for name in config.option.deselect or ())
    for name, word in _DESELECTING:
        value = getattr(config.option, name, None)
        yield from [f"{word} {value!r}"] if value else []


def _is_narrow(argument: str, config: pytest.Config) -> bool:
    """Whether it leads to a part of a suite: a judgement, a file, or a folder that is not that of all its suites."""
    named, inside, _ = argument.partition("::")
    path = _path_of(named, config)
    if inside or path.is_file():
        return True
    if any(suite_folder(subject).resolve().is_relative_to(path) for subject in subjects()):
        return False
    return (path.parent / "__init__.py").is_file()


def _path_of(named: str, config: pytest.Config) -> Path:
    """The place of a path, or under `--pyargs` of a module."""
    have_suites_found()
    module = find_spec(named) if config.option.pyargs and not Path(named).exists() else None
    where = (*(module.submodule_search_locations or ()), module.origin) if module else (named,)
    return Path(where[0] or named).resolve()


def _is_of(plug: Protocol, path: Path) -> bool:
    """Whether the path lies in suites of the plug, or holds those of its subjects and no others."""
    try:
        folders = [suite_folder(subject).resolve() for subject in plug.subjects]
        others = [suite_folder(one).resolve() for other in protocols() if other is not plug for one in other.subjects]
    except UsageError:  # a plug whose suites are missing is told of where they are asked for
        return False
    if any(path.is_relative_to(folder) for folder in folders):
        return True
    return any(one.is_relative_to(path) for one in folders) and not any(one.is_relative_to(path) for one in others)


def _last(words: Sequence[str], word: str) -> int:
    """The place of its last occurrence: an option may have the same value, before it."""
    return len(words) - 1 - words[::-1].index(word)


def _place_of(typed: str) -> str:
    """The path of suites of ours; any other is the operator's."""
    named, inside, judgement = typed.partition("::")
    is_ours = Path(named).parts[:1] == (_SUITES,) and (BUNDLED / named).exists()
    return f"{BUNDLED / named}{inside}{judgement}" if is_ours else typed


def _all_suites() -> Iterator[str]:
    """Ours, and those of other packages. A plug that is of no use is told of when pytest is configured."""
    try:
        tops = dict.fromkeys(BUNDLED / _SUITES if top_of(one) == BUNDLED else suite_folder(one) for one in subjects())
    except UsageError:
        tops = {BUNDLED / _SUITES: None}
    return map(str, tops)
