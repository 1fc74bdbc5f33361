"""The topics on which a device publishes: its own ones, each for its purpose."""

from dataclasses import dataclass

from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import NotObserved, Undecided
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.words.topics import Topics
from harness.record.kinds import Received
from harness.text import printable

# What may follow the device's own prefix. UDMI 1.5, message suffixes and envelope; the cloud's own are no word of it.
_FOLDERS = (
    "alarmset",
    "blobset",
    "cloud",
    "discovery",
    "error",
    "gateway",
    "localnet",
    "mapping",
    "monitoring",
    "pointset",
    "swarm",
    "system",
    "udmi",
    "validation",
)
_KNOWN = frozenset({"state", "attach", *(f"events/{folder}" for folder in _FOLDERS)})
_CLOUDS = ("config", "commands", "errors")


@dataclass(frozen=True)
class Publications:
    """Every message below the device's own prefix; what it publishes elsewhere is nothing that we listen to."""

    history: History
    evidence: Evidence

    def are_on_known_topics(self) -> None:
        """Each is a state, or an event with the folder that says of what."""
        root = f"{Topics.of(self.history.profile.id, self.history.profile.topics).root}/"
        first: dict[str | None, tuple[int, str]] = {}  # by what is known of a topic: a device may make up any number
        for place, record in self.history.placed():
            if isinstance(record, Received) and record.topic.startswith(root) and not record.retain:
                first.setdefault(_known(record.topic.removeprefix(root)), (place, record.topic))
        if not first:
            self.history.went_all_the_way()
            raise Undecided("the device published nothing")
        self.evidence.rests_on(*sorted(place for place, _ in first.values()))
        if None in first:
            place, topic = first[None]
            story = (
                f"A device should publish on {root}state and on {root}events with a folder, "
                f"but there was a message on {printable(topic)}."
            )
            raise NotObserved(story, EvidenceRef(place))
        self.history.went_all_the_way()


def _known(suffix: str) -> str | None:
    """The word that a topic goes by, in what follows the device's own prefix; None: nobody knows such a topic."""
    word = suffix.partition("/")[0]
    return word if word in _CLOUDS else suffix if suffix in _KNOWN else None
