"""`setpoint profile --confirm`: a person, or a script, confirms what a draft guessed."""

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from harness.errors import UsageError
from harness.protocols.udmi.drafting.confirming import Confirmed, confirmed, guessed_points
from harness.protocols.udmi.profile import Point, PointKind, Profile
from harness.protocols.udmi.profile_file import ProfileFile
from harness.suggest import hinted

_PLATE = "nameplate=right"  # in place of POINT=KIND

Ask = Callable[[str], str]


def confirm(words: Sequence[str], ask: Ask = input) -> int:
    """Of `words` one is the file; the others say POINT=KIND. Without others a person is asked, at a terminal.

    0 once the file is as it was said. Raises UsageError, and writes nothing then.
    """
    paths = [word for word in words if "=" not in word or Path(word).exists()]
    said = [word for word in words if word not in paths]
    if len(paths) != 1:
        raise UsageError(
            "--confirm needs one FILE, and may be given again with POINT=KIND: --confirm FILE --confirm a=slow"
        )
    path = Path(paths[0])
    profile = ProfileFile.read(path).profile
    if not guessed_points(profile) and not profile.guessed and not said:
        return _tell(f"nothing in {path} is a guess")
    try:
        answers = _said(said) if said else _asked(profile, path, ask)
    except EOFError as gone:
        raise UsageError(f"nobody answered, so {path} stays as it is") from gone
    text = path.read_text(encoding="utf-8-sig")
    result = confirmed(text, path, answers)
    try:
        path.write_text(result, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error
    return _tell(_left(ProfileFile.parse(result, path).profile, path))


def _said(words: Sequence[str]) -> Confirmed:
    kinds = {}
    for word in words:
        name, _, kind = word.partition("=")
        if word == _PLATE:
            continue
        if kind not in list(PointKind):
            sentence, expected = f"--confirm {word}: {kind!r} is no kind", f"expected one of {', '.join(PointKind)}"
            raise UsageError(hinted(sentence, kind, PointKind, otherwise=expected))
        kinds[name] = PointKind(kind)
    return Confirmed(kinds, _PLATE in words)


def _asked(profile: Profile, path: Path, ask: Ask) -> Confirmed:
    if not (sys.stdin and sys.stdin.isatty()):
        raise UsageError(
            f"--confirm {path} asks a person, and there is no terminal; "
            "a script adds --confirm POINT=KIND for each point"
        )
    _tell(f"{path}: Enter takes what stands there, s leaves it a guess, Ctrl-C leaves the file as it is")
    plate = bool(profile.guessed) and _plate_is_right(profile, ask)
    kinds = {point.name: kind for point in guessed_points(profile) if (kind := _kind_of(point, ask))}
    return Confirmed(kinds, plate)


def _plate_is_right(profile: Profile, ask: Ask) -> bool:
    for line in profile.guessed:
        _tell(f"  {line} = {getattr(profile.nameplate, line, 'none')}")
    return ask("Is that what stands on the device? [Enter, s] ").strip() == ""


def _kind_of(point: Point, ask: Ask) -> PointKind | None:
    """The kind that the person chose; None: the guess stays."""
    units = f" in {point.units}" if point.units else ""
    while True:
        word = ask(f"{point.name}{units} [{point.kind}; or {', '.join(_others(point))}; s] ").strip()
        if word == "s":
            return None
        if word in {"", *PointKind}:
            return PointKind(word or point.kind)


def _others(point: Point) -> Iterator[str]:
    return (kind for kind in PointKind if kind is not point.kind)


def _left(profile: Profile, path: Path) -> str:
    left = [*profile.guessed, *(point.name for point in guessed_points(profile))]
    return f"{path}: still a guess: {', '.join(left)}" if left else f"{path}: nothing in it is a guess any more"


def _tell(line: str) -> int:
    print(line)  # noqa: T201 - to the operator
    return 0
