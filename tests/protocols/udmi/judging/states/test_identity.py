"""The identity that the device reports, and its software."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided, Undocumented
from harness.protocols.udmi.judging.whole_run import WholeRun
from harness.protocols.udmi.nameplate import Nameplate
from harness.protocols.udmi.profile import Profile
from harness.protocols.udmi.words.schemas import MessageKind
from harness.record.left_out import NotApplicable
from tests.protocols.udmi.judging.whole_runs import RunBuilder, run

PLATE = Nameplate(
    "Acme",
    "M-1",
    "S-1",
    {"firmware": "2.0"},
    {"ether": "00:00:5e:00:53:01", "ipv4": "192.0.2.7", "ipv6": "2001:db8::7"},
)
SYSTEM: Mapping[str, Any] = {
    "serial_no": "S-1",
    "hardware": {"make": "Acme", "model": "M-1"},
    "software": {"firmware": "2.0"},
}
QUESTIONS: Mapping[str, Callable[[WholeRun], None]] = {
    "make": lambda told: told.identity.names_its_make(),
    "model": lambda told: told.identity.names_its_model(),
    "serial_no": lambda told: told.identity.names_its_serial_number(),
    "software": lambda told: told.identity.names_its_software(),
}


def on(plate: Nameplate) -> RunBuilder:
    """A run of a device on which that stands."""
    profile = Profile.from_dict(run().ended().history.profile.as_dict())
    return RunBuilder(replace(profile, nameplate=plate))


def saying(*states: Mapping[str, Any], plate: Nameplate = PLATE) -> WholeRun:
    """The device says this in one state after the other."""
    told = on(plate)
    for number, state in enumerate(states):
        told.said(MessageKind.STATE, dict(state), at=2.0 * number)
    return told.ended()


def at(**addresses: object) -> dict[str, Any]:
    """A state with these addresses."""
    return {"system": SYSTEM, "localnet": {"families": {name: {"addr": addr} for name, addr in addresses.items()}}}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_device_that_says_what_stands_on_it_is_not_accused(question: Callable[[WholeRun], None]) -> None:
    question(saying({"system": SYSTEM}, {"pointset": {}}, {"system": SYSTEM}))


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("make", {"hardware": {"make": "Acme ", "model": "M-1"}}),
        ("model", {"hardware": {"make": "Acme"}}),
        ("model", {"hardware": "M-1"}),
        ("serial_no", {"serial_no": 1}),
        ("serial_no", {"serial_no": None}),
        ("software", {"software": {"firmware": "2"}}),
        ("software", {"software": {"bootloader": "2.0"}}),
        ("software", {"software": []}),
    ],
)
def test_one_state_that_says_otherwise_is_an_accusation(name: str, other: dict[str, Any]) -> None:
    told = saying({"system": SYSTEM}, {"system": {**SYSTEM, **other}}, {"system": SYSTEM})

    with pytest.raises(NotObserved, match="The device should say that its ") as accused:
        QUESTIONS[name](told)

    assert accused.value.evidence_ref.decisive == 2


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_nobody_knows_cannot_be_tested_and_the_line_to_add_is_named(name: str) -> None:
    alone = Nameplate(**{each: getattr(PLATE, each) for each in QUESTIONS if each != name})

    with pytest.raises(Undocumented, match=f"add the line {name} = "):
        QUESTIONS[name](saying({"system": SYSTEM}, plate=alone))


@pytest.mark.parametrize("name", QUESTIONS)
def test_lines_of_a_nameplate_that_are_all_missing_are_named_in_one_sentence(name: str) -> None:
    every = 'add the lines make = "…", model = "…", serial_no = "…", software = {'

    with pytest.raises(Undocumented, match=re.escape(every)):
        QUESTIONS[name](saying({"system": SYSTEM}, plate=Nameplate()))


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_device_that_never_speaks_of_itself_leaves_it_undecided(question: Callable[[WholeRun], None]) -> None:
    with pytest.raises(Undecided):
        question(saying({"pointset": {}}))


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_run_that_was_broken_off_proves_nothing(question: Callable[[WholeRun], None]) -> None:
    told = on(PLATE).said(MessageKind.STATE, {"system": SYSTEM}, at=1).ended(broken_off="Ctrl-C")

    with pytest.raises(CouldNotTest):
        question(told)


def test_software_beside_that_of_the_profile_is_written_down() -> None:
    told = saying({"system": {**SYSTEM, "software": {"firmware": "2.0", "os": "6.1"}}})

    told.identity.observe_more_software()

    assert told.evidence.observed == ["software beside that of the profile: os"]


@pytest.mark.parametrize(("count", "told"), [(50, "50$"), (51, "50 and 1 more$"), (2000, "0050 and over 950 more$")])
def test_software_without_end_is_written_down_in_part(count: int, told: str) -> None:
    parts = {f"part-{number:04}": "1" for number in range(1, count + 1)}
    run = saying({"system": {**SYSTEM, "software": {"firmware": "2.0", **parts}}})

    run.identity.observe_more_software()

    [observed] = run.evidence.observed
    assert re.search(told, observed)
    assert observed.count("part-") == 50


@pytest.mark.parametrize(
    ("family", "spelling"),
    [("ether", "00-00-5E-00-53-01"), ("ether", "0000.5e00.5301"), ("ipv6", "2001:0DB8:0:0::7"), ("ipv4", "192.0.2.7")],
)
def test_address_may_be_spelt_otherwise(family: str, spelling: str) -> None:
    saying({"system": SYSTEM}, at(**{family: spelling})).identity.tells_its_address(family)


@pytest.mark.parametrize("address", ["192.0.2.8", "", "192.0.2", 7, ["192.0.2.7"]])
def test_another_address_is_an_accusation(address: object) -> None:
    with pytest.raises(NotObserved, match=r"should report its ipv4 address as '192\.0\.2\.7'"):
        saying(at(ipv4="192.0.2.7"), at(ipv4=address)).identity.tells_its_address("ipv4")


@pytest.mark.parametrize(
    "localnet", [None, {}, {"families": {}}, {"families": {"ipv4": {}}}, {"families": {"ipv4": 7}}]
)
def test_address_that_is_never_reported_is_an_accusation(localnet: object) -> None:
    with pytest.raises(NotObserved, match="reports none"):
        saying({"system": SYSTEM, "localnet": localnet}).identity.tells_its_address("ipv4")


def test_address_that_the_profile_does_not_have_is_not_asked_for() -> None:
    with pytest.raises(NotApplicable, match="no ipv6 among its addresses"):
        saying(at(ipv6="::1"), plate=Nameplate(addresses={"ipv4": "192.0.2.7"})).identity.tells_its_address("ipv6")


@pytest.mark.parametrize("line", QUESTIONS)
def test_line_that_a_draft_took_from_the_device_proves_nothing_of_it(line: str) -> None:
    profile = replace(on(PLATE).ended().history.profile, guessed=(line,))
    told = RunBuilder(profile)
    told.said(MessageKind.STATE, {"system": SYSTEM}, at=2.0)

    for name, question in QUESTIONS.items():
        if name == line:
            with pytest.raises(CouldNotTest, match=rf"{line} is a draft's guess, .* `setpoint profile --confirm FILE`"):
                question(told.ended())
        else:
            question(told.ended())


def test_addresses_that_a_draft_took_from_the_device_prove_nothing_of_it() -> None:
    told = RunBuilder(replace(on(PLATE).ended().history.profile, guessed=("addresses",)))
    told.said(MessageKind.STATE, at(ipv4="192.0.2.7"), at=2.0)

    with pytest.raises(CouldNotTest, match="addresses is a draft's guess"):
        told.ended().identity.tells_its_address("ipv4")
