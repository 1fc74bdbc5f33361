"""The draft of a service's profile: what its answers show, and questions for what only its documents say."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from harness.broker.embedded import embedded_broker
from harness.errors import HarnessError, LinkError, first_of
from harness.files.toml_file import TomlFile
from harness.files.toml_writing import comment, value
from harness.mqtt.client_id import OURS
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import connect
from harness.protocols.replica.driving.component import Component
from harness.protocols.replica.judging.service.history import Feature, features_in, heard_in
from harness.protocols.replica.profile import ServiceProfile
from harness.protocols.replica.words.topics import ReplicaId, Scheme
from harness.record.trace import Recorder
from harness.target import HostServices, Target

_PATIENCE = 6.0  # seconds that it has for an answer
_TOLD = {
    Feature.VERSION: "versions",
    Feature.TOKEN: "client tokens",
    Feature.TIMESTAMP: "times",
    Feature.METADATA: "metadata",
}


@dataclass(frozen=True, slots=True)
class ServiceDraft:
    """`source`: where it was asked. `features`: what answers showed; `others`: schemes that it speaks, too."""

    scheme: Scheme
    source: str
    features: frozenset[Feature] = frozenset()
    others: Sequence[Scheme] = ()

    summary = "has its scheme; go through every line"

    def text(self, path: Path) -> str:
        """The text of the file, read back once."""
        text = "\n".join(self._lines()) + "\n"
        ServiceProfile.from_dict(TomlFile.parse(text, path, "replica/schemas/service").content)
        return text

    def _lines(self) -> Iterator[str]:
        yield comment(f"A replica service, by what it answered to one update and one get at {self.source}.")
        yield "# Drafted: go through every line. A line that is a comment has what holds where it stays one."
        shown = [words for feature, words in _TOLD.items() if feature in self.features]
        lacking = [words for feature, words in _TOLD.items() if feature not in self.features]
        yield f"# Its answers showed {', '.join(shown) or 'the state alone'}{_but(lacking)}."
        for other in self.others:
            yield f"# It answers under the scheme {other}, too."
        yield 'id = "setpoint"  # the ids of all devices that the suite plays begin with it'
        yield f"scheme = {value(self.scheme)}  # with --spec replica-{self.scheme}"
        yield "network_allowance = 1.0  # seconds that a message may be on its way"
        yield from _TAIL


@dataclass
class ServiceInquiry:
    """Asks a service under each of these schemes."""

    target: Target
    schemes: Sequence[Scheme]
    recorder: Recorder = field(default_factory=lambda: Recorder(StringIO()))

    async def ask(self) -> ServiceDraft:
        """The draft. Raises HarnessError where the broker lets us down, or no service answers."""
        problem: HarnessError | None = None
        try:
            async with self.target.open(HostServices(embedded_broker, _nobody, lambda _line: None)) as running:
                answered = [one for one in self.schemes if await self._is_answered(running.endpoint, one)]
        except* HarnessError as group:
            problem = first_of(group)
        if problem:
            raise problem
        if not answered:
            tried = " and ".join(f"{ServiceProfile(scheme=one).inbox!r}" for one in self.schemes)
            raise LinkError(self.target.name, f"no service answered an update or a get within {_PATIENCE:g} s; {tried}")
        heard = heard_in(self.recorder.records, 0, ServiceProfile(scheme=answered[0]))
        return ServiceDraft(answered[0], self.target.name, features_in([*heard]), answered[1:])

    async def _is_answered(self, endpoint: Endpoint, scheme: Scheme) -> bool:
        """Under a name that nobody has; what was written there is taken away again."""
        async with connect(endpoint, f"{OURS}profile-{secrets.token_hex(4)}") as link:
            app = Component("app", link, scheme, self.recorder, _PATIENCE / 2)
            app.replica = ReplicaId(f"{OURS}profile-{secrets.token_hex(4)}")
            await app.hears()
            async with app.attending():
                await app.update({"reported": {"says": "hello"}}, "profile", clientToken="profile")
                await app.get("profile", b'{"clientToken":"profile"}')
                is_answered = app.has_heard
                if is_answered and scheme is Scheme.AWS:
                    await app.delete("profile")
                elif is_answered:
                    await app.update({"reported": None}, "profile, taken away")
        return is_answered


def _but(lacking: Sequence[str]) -> str:
    return f", and no {' and no '.join(lacking)}" if lacking else ""


async def _nobody(_question: str) -> bool:
    """Nothing is provoked, so there is nothing to ask."""
    return False


_TAIL = (
    "",
    "# The limits that it documents; no message tells of them:",
    "# size = 8192  # bytes of both sections, as compact JSON: more is refused",
    "# depth = 6  # levels of a section: more is refused",
    "# token = 64  # bytes of a client token: more is refused",
    "",
    "# Its REST, if it has one:",
    '# http = "http://HOST:8080"',
    '# rest = { get = "/state/{id}/get" }  # where a GET shows a document, if elsewhere than its scheme has it',
    "",
    "# How it is ended and started anew, on the same store, by one of command, http and ask:",
    "# [provocations]",
    '# restart = { command = ["systemctl", "restart", "replica"] }',
    "",
    "# Clients by which it is seen who may do what: a device, another (other), and a component that may do all.",
    "# Each has the lines of this one; the secrets stand in variables or in files:",
    "# [service.logins.device]",
    '# username = "LAMP-1"',
    '# password_env = "LAMP_1_PASSWORD"',
    '# token_env = "LAMP_1_TOKEN"  # over HTTP',
)
