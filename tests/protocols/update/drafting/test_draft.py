"""Drafts can be read as they stand, hold what was shown, and whatever was shown makes one, or one clear error."""

import asyncio
import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.cli import main
from harness.clock import Clock, new_loop
from harness.errors import LinkError, UsageError
from harness.payload.values import JSON
from harness.protocols.update.drafting.draft import draft_of
from harness.protocols.update.drafting.drafting import deadlines_in
from harness.protocols.update.drafting.listening import StateListening
from harness.protocols.update.drafting.shown_state import ShownStates, shown_in
from harness.protocols.update.profile import Deadline, Role, UpdateProfile
from harness.protocols.update.profile_file import UpdateProfileFile
from harness.record.kinds import Received
from harness.target import Target, TargetOptions
from simulator.update.targets.agent import UpdateAgentTarget
from simulator.update.targets.device import UpdateDeviceTarget
from tests.hostile import PAYLOADS, WORDS
from tests.protocols.replica.doctor.sites import Site

ODD = st.sampled_from(WORDS) | st.text(max_size=12)
FILE = Path("agent.toml")
TOPIC = "containersupdate/currentstate"


def _heard(*payloads: JSON, topic: str = TOPIC, enveloped: bool = True) -> list[Received]:
    """Current states at that topic."""
    contents = [{"activityId": "a", "timestamp": 1, "payload": one} if enveloped else one for one in payloads]
    return [Received(0.0, topic, json.dumps(one).encode(), retain=False) for one in contents]


def _nodes(versions: Mapping[str, JSON], domain: str | None = "containers") -> JSON:
    parameters: list[JSON] = [{"key": "domain", "value": domain}] if domain else []
    agent: JSON = {"id": "agent", "version": "1", "type": "APPLICATION", "parameters": parameters}
    return {"softwareNodes": [agent, *({"id": name, "version": version} for name, version in versions.items())]}


def _text(shown: ShownStates, **deadlines: float) -> str:
    given_ones = {Deadline(name): seconds for name, seconds in deadlines.items()}
    return draft_of(shown, "GATEWAY-1", "mqtt://broker", given_ones).text(FILE)


def _read(shown: ShownStates, **deadlines: float) -> UpdateProfile:
    return UpdateProfileFile.parse(_text(shown, **deadlines), FILE).profile


def test_agent_s_draft_has_its_domain_its_components_and_the_deadlines_that_were_given() -> None:
    profile = _read(
        shown_in(_heard(_nodes({"containers:web": "1.0", "containers:db": '2"\n'}))), download=90, update=0.5
    )

    assert (profile.id, profile.role, profile.domain, profile.envelope) == ("GATEWAY-1", Role.AGENT, "containers", True)
    assert {one.id: one.versions for one in profile.components} == {
        "containers:web": ("1.0",),
        "containers:db": ('2"\n',),
    }
    assert profile.deadlines == {Deadline.DOWNLOAD: 90.0, Deadline.UPDATE: 0.5}


def test_what_no_message_tells_is_a_comment() -> None:
    text = _text(shown_in(_heard(_nodes({"containers:web": "1.0"}))), download=90)

    assert "\ndownload = 90\n" in text
    assert all(f"\n# {name} = 60  # check\n" in text for name in Deadline if name is not Deadline.DOWNLOAD)
    for word in ("unknown", "fails", "rolls_back", "on_new_desired_state", "[provocations]"):
        assert f"\n# {word}" in text


def test_bare_messages_make_a_profile_without_envelope() -> None:
    profile = _read(shown_in(_heard(_nodes({"containers:web": "1.0"}), enveloped=False)))

    assert (profile.envelope, [one.id for one in profile.components]) == (False, ["containers:web"])


@pytest.mark.parametrize(
    ("versions", "named", "domain"),
    [({}, "self-update", "self-update"), ({"self-update:os": "1"}, None, "self-update"), ({}, None, "self")],
)
def test_domain_is_spelt_as_a_node_spells_it_or_else_as_its_topic_does(
    versions: Mapping[str, JSON], named: str | None, domain: str
) -> None:
    assert _read(shown_in(_heard(_nodes(versions, named), topic="selfupdate/currentstate"))).domain == domain


def test_manager_that_is_there_is_drafted_as_a_device_with_every_component() -> None:
    all_of_it = _nodes({"containers:web": "1.0", "self-update:os": "3"})
    shown = shown_in(
        [*_heard(_nodes({"containers:web": "1.0"})), *_heard(all_of_it, topic="deviceupdate/currentstate")]
    )

    profile = _read(shown)

    assert (profile.role, profile.domain, profile.domains) == (Role.DEVICE, "device", ("containers", "self-update"))
    assert "# These domains speak there, too: containers" in _text(shown)


def test_what_no_profile_can_hold_is_left_out_with_the_reason() -> None:
    shown = shown_in(_heard(_nodes({"containers:a b": "1", "containers:c": "", "lab:d": "1", "lab:\x1b": "1"})))

    text = _text(shown)

    assert "# Left out, as a profile has ids of a domain, a colon and a name alone: containers:a b\n" in text
    assert "# Left out, as its version is empty, or too long: containers:c\n" in text
    assert "# Left out, as it is of another domain: lab:d\n" in text
    assert "\x1b" not in text
    assert _read(shown).components == ()


def test_latest_state_counts_and_what_is_none_is_passed_over() -> None:
    odd = [Received(0.0, TOPIC, b"\xff{", retain=False), Received(0.0, "a/b/currentstate", b"{}", retain=False)]
    first, last = _nodes({"containers:web": "1.0"}), _nodes({"containers:web": "1.1"})

    shown = shown_in([*_heard(first, last), *odd])

    assert [one.versions for one in _read(shown).components] == [("1.1",)]
    assert shown_in(odd).unread == [TOPIC]


@given(
    payload=st.sampled_from(PAYLOADS) | st.binary(max_size=60),
    topic=st.sampled_from([TOPIC, "deviceupdate/currentstate", "update/currentstate"]),
)
def test_whatever_came_makes_a_profile_or_one_clear_error(payload: bytes, topic: str) -> None:
    _makes_a_profile_or_an_error(shown_in([Received(0.0, topic, payload, retain=False)]))


@given(names=st.dictionaries(ODD, ODD, max_size=4), domain=ODD, prefix=ODD, deep=st.booleans())
def test_whatever_is_named_makes_a_profile_or_one_clear_error(
    names: dict[str, str], domain: str, prefix: str, *, deep: bool
) -> None:
    versions: dict[str, JSON] = {f"{domain}:{name}" if deep else name: version for name, version in names.items()}
    topic = f"{prefix.replace('/', '')}/currentstate" if deep else TOPIC

    _makes_a_profile_or_an_error(shown_in(_heard(_nodes(versions, domain), topic=topic)))


def _makes_a_profile_or_an_error(shown: ShownStates) -> None:
    try:
        text = _text(shown)
    except UsageError as error:
        text, told = "", str(error)
    else:
        told = "none"
        assert UpdateProfileFile.parse(text, FILE).profile.id == "GATEWAY-1"
    assert told.isprintable()


@pytest.mark.parametrize(
    ("target", "role", "components"),
    [
        (UpdateAgentTarget.from_option("", TargetOptions()), Role.AGENT, 2),
        (UpdateDeviceTarget.from_option("", TargetOptions()), Role.DEVICE, 3),
    ],
)
def test_simulated_subject_is_heard_and_drafted(target: Target, role: Role, components: int) -> None:
    profile = _read(_listened(target))

    assert (profile.role, len(profile.components)) == (role, components)


def test_broker_at_which_nobody_shows_a_current_state_is_told_in_one_sentence() -> None:
    with pytest.raises(LinkError, match="there was nothing within 5 s at \\+/currentstate; is it connected"):
        _listened(UpdateAgentTarget.from_option("", TargetOptions()), is_on=False)


def _listened(target: Target, *, is_on: bool = True) -> ShownStates:
    listening = StateListening(Site(target, is_on=is_on), 5, lambda _line: None)
    with asyncio.Runner(loop_factory=partial(new_loop, Clock.VIRTUAL)) as runner:
        return runner.run(listening.hear())


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ("downlaod=60", "did you mean 'download'"),
        ("download", "expected download=60"),
        ("download=nan", "expected download=60"),
        ("download=0", "expected download=60"),
        ("download=1e9", "expected download=60"),
        ("\x1b=60", "is none of identify, "),
    ],
)
def test_deadline_that_is_none_is_told(typed: str, complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint) as refused:
        deadlines_in(["identify=5", typed])

    assert "\x1b" not in str(refused.value)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--spec", "desired-state", "--device", "mqtt://b"], "give what is tested a name by --id"),
        (["--spec", "desired-state", "--device", "mqtt://b", "--id", "A/#"], "--id: 'A/#' does not match"),
        (["--spec", "desired-state", "--device", "mqtt://b", "--id", "A", "--deadline", "x=1"], "'x' is none of"),
        (["--spec", "desired-state", "--device", "mqtt://b", "--id", "A", "--clear"], "--clear has no use with"),
        (
            ["--spec", "replica-seed", "--device", "mqtt://b", "--id", "A", "--deadline", "download=1"],
            "--deadline has no use",
        ),
        (["--device", "mqtt://b", "--id", "A", "--deadline", "download=1"], "--deadline has no use with udmi"),
    ],
)
def test_profile_says_what_is_wrong_with_the_wish(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["profile", *arguments]) == 3

    assert complaint in capsys.readouterr().err
