"""A profile's draft: TOML that can be read as it stands, and that brings no component to a version it has not. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from harness.errors import UsageError
from harness.files.schema import problem
from harness.files.toml_writing import array, comment, key, value
from harness.protocols.update.drafting.shown_state import MANAGERS, ShownStates
from harness.protocols.update.profile import VERSION, Deadline, Role
from harness.protocols.update.profile_file import SCHEMA, UpdateProfileFile
from harness.text import counted, printable

MOST = 500  # components; who shows more is not drafted to the end
_MOST_TOLD = 20  # components that are left out, told one by one
_LONGEST = 60  # characters of a name in a comment


@dataclass(frozen=True)
class UpdateDraft:
    """`source`: where it was heard, in words. `versions`: of each component, the one that it has.

    `others`: domains that speak there as well. `left_out`: what no profile can hold, and why.
    """

    id: str
    role: Role
    domain: str
    source: str
    is_enveloped: bool
    versions: Mapping[str, str]
    deadlines: Mapping[Deadline, float] = field(default_factory=dict)
    others: Sequence[str] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)

    def text(self, path: Path) -> str:
        """The text of the file, read back once. Raises UsageError where it is no profile."""
        parts = (self._head(), self._deadlines(), self._components(), _TAIL)
        text = "\n".join(line for part in parts for line in part) + "\n"
        UpdateProfileFile.parse(text, path)
        return text

    @property
    def summary(self) -> str:
        """The extent of it, in words that stand behind the name of the file."""
        extent = counted(len(self.versions), "component")
        return f"has {extent}; go through every line, and have `setpoint doctor` examine it"

    def _head(self) -> Iterator[str]:
        yield comment(f"{self.id}, by the current state that was shown at {self.source}.")
        yield comment("Drafted: go through every line. What a comment says, no message tells.")
        told = [*self.left_out.items()]
        yield from (comment(f"Left out, {why}: {printable(name, _LONGEST)}") for name, why in told[:_MOST_TOLD])
        if len(told) > _MOST_TOLD:
            yield comment(f"Left out as well: {len(told) - _MOST_TOLD} more")
        if self.others:
            yield comment(
                f"These domains speak there, too: {', '.join(printable(one, _LONGEST) for one in self.others)}"
            )
        yield f"id = {value(self.id)}"
        yield f"role = {value(self.role)}"
        if self.role is Role.AGENT or self.domain != MANAGERS:
            yield f"domain = {value(self.domain)}"
        if not self.is_enveloped:
            yield "envelope = false  # its messages were bare"
        yield "network_allowance = 1.0  # seconds that a message may be on its way"
        yield from _OF_THE_ROLE[self.role]
        yield '# config_forms = ["list", "object"]  # in which it takes a `config`; the first is used'
        yield '# on_new_desired_state = "supersede"  # or "reject", or "queue": while another one is under way'

    def _deadlines(self) -> Iterator[str]:
        yield ""
        yield "# Seconds in which each ends, well or not. What has none cannot be tested."
        yield "[deadlines]"
        for name in Deadline:
            seconds = self.deadlines.get(name)
            yield f"# {name} = 60  # check" if seconds is None else f"{name} = {_spelt(seconds)}"

    def _components(self) -> Iterator[str]:
        for number, (name, version) in enumerate(self.versions.items()):
            yield ""
            yield f"[components.{key(name)}]"
            yield f"versions = {array([version])}  # check: as long as there is no second one, it is never changed"
            if not number:
                yield f'# config = {{ image = "https://…/{VERSION}" }}  # check: what no state shows, if it wants any'
                yield '# unknown = "no-such-version"  # check: one that cannot be identified'
                yield '# fails = { download = "…", update = "…", activate = "…" }  # versions that fail in a phase'


def draft_of(
    shown: ShownStates, device: str, source: str, deadlines: Mapping[Deadline, float] | None = None
) -> UpdateDraft:
    """The draft of what is there. Raises UsageError where no profile can hold it."""
    chosen = shown.chosen
    if chosen is None:
        raise UsageError(f"nobody showed a current state at {source}")
    role = shown.role
    domain = MANAGERS if role is Role.DEVICE else chosen.own_domain
    if problem({"id": device, "role": role, "domain": domain}, SCHEMA):
        raise UsageError(f"no profile can hold the domain of {printable(chosen.prefix, _LONGEST)} at {source}")
    left_out, versions = dict[str, str](), dict[str, str]()
    for name, version in chosen.versions.items():
        why = _no_component(name, version, domain if role is Role.AGENT else None)
        if why is None and len(versions) >= MOST:
            why = f"as {MOST} are enough"
        if why is None:
            versions[name] = version
        else:
            left_out[name] = why
    others = [one.own_domain for one in shown.states if one is not chosen]
    return UpdateDraft(device, role, domain, source, chosen.is_enveloped, versions, deadlines or {}, others, left_out)


def _no_component(name: str, version: str, domain: str | None) -> str | None:
    """The reason why a profile cannot hold it, in words behind "left out,"; None: it can."""
    if problem({"id": "x", "role": "device", "components": {name: {"versions": ["1"]}}}, SCHEMA):
        return "as a profile has ids of a domain, a colon and a name alone"
    if problem({"id": "x", "role": "device", "components": {"a:b": {"versions": [version]}}}, SCHEMA):
        return "as its version is empty, or too long"
    if domain is not None and name.partition(":")[0] != domain:
        return "as it is of another domain"
    return None


def _spelt(seconds: float) -> str:
    return value(int(seconds) if float(seconds).is_integer() else seconds)


_OF_THE_ROLE: Mapping[Role, Sequence[str]] = {
    Role.AGENT: ("# rolls_back = false  # if it knows no ROLLBACK",),
    Role.DEVICE: (
        '# played = ["lab"]  # domains whose agents Setpoint is to play, beside the device\'s own',
        '# consent = ["DOWNLOAD"]  # commands for which it asks its owner',
        "# feedback_interval = 60  # check: seconds at least between two RUNNING; 0 where it keeps none",
    ),
}
_TAIL: Sequence[str] = (
    "",
    "# How conditions are brought about, each by one of command, http and ask:",
    "# [provocations]",
    '# restart = { ask = "Switch it off and on" }',
    "",
    "# Limits that it stretches, where no source sets one, in seconds; limits.py of the suites has them:",
    "# [limits]",
    "# soon = 20",
)
