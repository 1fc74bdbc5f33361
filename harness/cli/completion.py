"""`setpoint completion SHELL`: a script by which the shell completes our commands, options, files and ids."""

import argparse
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import ClassVar

import shtab

from harness.cli.parsing import whole_parser
from harness.errors import UsageError
from harness.judging.requirements.requirement import Catalogue
from harness.mutation.variants import variants_at
from harness.protocol import subjects

_REQUIREMENTS, _VARIANTS, _ALL = "_setpoint_requirements", "_setpoint_variants", "_setpoint_all_names"
_COMPLETED_BY = {"only": _REQUIREMENTS, "variant": _VARIANTS, "deviation": _VARIANTS, "quirk": _VARIANTS, "names": _ALL}


class Completion:
    """Print the script by which bash or zsh completes commands, options, files, requirements and variants."""

    examples: ClassVar[Mapping[str, str]] = {
        'eval "$(setpoint completion bash)"': "in this shell",
        "setpoint completion bash > ~/.local/share/bash-completion/completions/setpoint": "in every bash from now on",
        "setpoint completion zsh > ~/.zfunc/_setpoint": "in every zsh whose fpath has ~/.zfunc",
    }

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The shell."""
        parser.add_argument("shell", choices=["bash", "zsh"], metavar="SHELL", help="bash or zsh")

    def run(self, arguments: argparse.Namespace) -> int:
        """0 once it is printed."""
        parser = whole_parser()
        for action in _actions(parser):
            _complete(action)
        words = dict(zip((_REQUIREMENTS, _VARIANTS), (_requirements(), _variants()), strict=True))
        words[_ALL] = sorted({*words[_REQUIREMENTS], *words[_VARIANTS]})
        preamble = "\n".join(_function(arguments.shell, name, listed) for name, listed in words.items())
        print(shtab.complete(parser, arguments.shell, preamble=preamble))  # noqa: T201 - what the operator asked for
        return 0


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:  # noqa: SLF001 - argparse tells of them in no other way
        yield action
        for inner in action.choices.values() if isinstance(action, argparse._SubParsersAction) else ():  # noqa: SLF001 - likewise
            yield from _actions(inner)


def _complete(action: argparse.Action) -> None:
    """Say how its value is completed."""
    if action.dest in _COMPLETED_BY:
        name = _COMPLETED_BY[action.dest]
        action.complete = {"bash": name, "zsh": name}  # type: ignore[attr-defined]  # shtab reads it of an action
    elif action.type is Path:
        action.complete = shtab.DIRECTORY if action.metavar == "DIR" else shtab.FILE  # type: ignore[attr-defined]  # likewise


def _function(shell: str, name: str, words: Iterable[str]) -> str:
    """A shell's function: of these words, those that begin as what is typed."""
    listed = " ".join(words)
    body = f'compgen -W "{listed}" -- "$1"' if shell == "bash" else f"compadd -- {listed}"
    return f"{name}() {{ {body}; }}"


def _requirements() -> list[str]:
    """Ids, areas and subjects: what `--only` takes."""
    return Catalogue.read().names()


def _variants() -> list[str]:
    """All that a simulated device can be made into."""
    known: set[str] = set()
    for simulated in dict.fromkeys(subject.simulated for subject in subjects() if subject.simulated):
        try:
            known |= {variant.id for variant in variants_at(simulated)}
        except UsageError:  # it has none
            continue
    return sorted(known)
