"""The report's words for the messages of an update. Pure; text from a device is escaped."""

from harness.protocols.update.judging.history import UpdateHistory
from harness.protocols.update.words.command import read_command
from harness.protocols.update.words.envelope import read_message
from harness.protocols.update.words.feedback import Action, Feedback, read_feedback
from harness.protocols.update.words.inventory import read_inventory
from harness.protocols.update.words.topics import MessageKind, kind_at
from harness.record.kinds import Received, Sent
from harness.text import brief, counted, printable

_MOST = 4  # components of one message that are named
_NAMES = {
    MessageKind.DESIRED_STATE: "desired state",
    MessageKind.COMMAND: "command",
    MessageKind.FEEDBACK: "feedback",
    MessageKind.CURRENT_STATE: "current state",
    MessageKind.CURRENT_STATE_GET: "question for the current state",
    MessageKind.OWNER_CONSENT: "question for consent",
    MessageKind.OWNER_CONSENT_FEEDBACK: "consent",
}


def told_in_brief(history: UpdateHistory, message: Sent | Received) -> str:
    """The kind of message, and the one word that matters most of it; without its label, and without its domain."""
    _, kind = place_of(history, message.topic)
    if kind is None:
        return "message"
    body = read_message(message.payload, enveloped=history.profile.envelope).body
    if body is None:
        return _NAMES[kind]
    match kind:
        case MessageKind.COMMAND | MessageKind.OWNER_CONSENT:
            word = read_command(body).spelling
        case MessageKind.FEEDBACK:
            word = read_feedback(body).spelling
        case MessageKind.OWNER_CONSENT_FEEDBACK:
            word = body.text_as_it_is("status")
        case _:
            word = ""
    known = "" if kind is MessageKind.COMMAND and word else _NAMES[kind]
    return f"{known} {printable(word)}".strip()


def sent_words(history: UpdateHistory, sent: Sent) -> str:
    """A message of ours: that of a played agent with its domain, a desired state with its label."""
    domain, kind = place_of(history, sent.topic)
    whose = f"{domain}: " if domain in history.profile.played else ""
    label = f" {sent.label!r}" if kind in (None, MessageKind.DESIRED_STATE) and sent.label else ""
    return f"{whose}{told_in_brief(history, sent)}{label}"


def words(history: UpdateHistory, message: Received) -> str:
    """A message that came; of feedback every component with its step, as far as there are few."""
    domain, kind = place_of(history, message.topic)
    told = told_in_brief(history, message)
    body = read_message(message.payload, enveloped=history.profile.envelope).body
    if domain in history.profile.played:
        return f"{told} to the agent of {domain} received"
    if body is not None and kind is MessageKind.FEEDBACK:
        return f"{told} received{_listed([step_in_words(one) for one in named_actions(read_feedback(body))])}"
    if body is not None and kind is MessageKind.CURRENT_STATE:
        versions = read_inventory(body).versions()
        return f"{told} received{_listed([printable(f'{name} {one}') for name, one in versions.items()])}"
    return f"{told} received" if kind is not None else f"message received at {printable(message.topic)}"


def named_actions(feedback: Feedback) -> list[tuple[str, Action]]:
    """The actions of which a component is named, with its id."""
    return [(one.id, one) for one in feedback.actions if isinstance(one.id, str)]


def step_in_words(named: tuple[str, Action]) -> str:
    """A component, and how far it is."""
    name, action = named
    progress = f" {brief(action.progress)} %" if isinstance(action.progress, int) else ""
    return printable(f"{name} {action.spelling}{progress}")


def place_of(history: UpdateHistory, topic: str) -> tuple[str, MessageKind | None]:
    """The domain of a topic, and the kind of message there; None: it is none of this update's."""
    profile = history.profile
    for domain in dict.fromkeys((profile.domain, *profile.domains)):
        kind = kind_at(topic, domain, profile.id, profile.topics)
        if kind is not None:
            return domain, kind
    return "", None


def _listed(told: list[str]) -> str:
    if not told:
        return ""
    more = [f"and {counted(len(told) - _MOST, 'more component')}"] if len(told) > _MOST else []
    return f": {', '.join([*told[:_MOST], *more])}"
