"""Which subjects a run is asked to judge, where two protocols are installed."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.protocol import protocols, subjects
from harness.protocols.replica.profile import ServiceProfile
from harness.protocols.replica.profile_file import ServiceFile
from harness.target.asked_subjects import Elsewhere, asked_subjects, elsewhere_typed
from tests.packages import beside_setpoint, install_example

UDMI, ECHO = ("udmi-device", "udmi-1.5"), ("echo-device", "echo-1")
SERVICE, LAMP = ("replica-service", "replica-seed"), ("replica-device", "replica-seed")


@pytest.fixture(autouse=True)
def echo_beside_udmi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As long as the test lasts."""
    install_example(tmp_path, "echo_protocol")
    with beside_setpoint(tmp_path, monkeypatch):
        protocols.cache_clear()
        yield
    protocols.cache_clear()


def _asked(device: str | None, *specs: str) -> Sequence[tuple[str, str, str]]:
    return [(one.subject.name, one.spec, one.device) for one in asked_subjects(device, specs)]


@pytest.mark.parametrize("device", [None, "sim"])
def test_without_an_address_every_simulated_subject_is_asked_for_and_the_default_protocol_comes_first(
    device: str | None,
) -> None:
    replica = [(*SERVICE, "replica-service"), (*LAMP, "replica-device")]

    asked = _asked(device)

    assert asked[:4] == [(*UDMI, "sim"), (*ECHO, "echo"), *replica]
    assert {name for name, *_ in asked} == {subject.name for subject in subjects() if subject.simulated}


@pytest.mark.parametrize("device", ["mqtt://broker", "LISTEN://0.0.0.0", "nobody:knows-it"])
def test_address_stands_for_the_default_protocol(device: str) -> None:
    assert _asked(device) == [(*UDMI, device)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('id = "A-1"\n', [UDMI]),
        ('id = "A-1"\n[points.p]\n[replica.properties.power]\n', [UDMI, LAMP]),
        ('[replica]\nid = "A-1"\n', [LAMP]),
        ('[replica]\n[echo]\nid = "A-1"\n', [ECHO, LAMP]),
        ("[replica\n", [UDMI]),
    ],
)
@pytest.mark.parametrize("device", ["mqtt://broker", "listen://0.0.0.0"])
def test_address_stands_for_the_protocols_that_the_profile_declares(
    device: str, text: str, expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    profile = tmp_path / "acme.toml"
    profile.write_text(text, encoding="utf-8")

    asked = asked_subjects(device, (), profile=profile)
    chosen = asked_subjects(device, ["replica-aws"], profile=profile)

    assert [(one.subject.name, one.spec) for one in asked] == expected
    assert {one.device for one in asked} == {device}
    assert [(one.subject.name, one.spec) for one in chosen] == [("replica-device", "replica-aws")]


@pytest.mark.parametrize("specs", [(), ("desired-state",)])
@pytest.mark.parametrize("role", ["agent", "device"])
def test_of_several_subjects_there_the_one_is_asked_for_that_the_profile_is_of(
    role: str, specs: Sequence[str], tmp_path: Path
) -> None:
    profile = tmp_path / "profile.toml"
    profile.write_text(f'id = "GATEWAY-1"\nrole = "{role}"\ndomain = "containers"\n', encoding="utf-8")

    asked = asked_subjects("mqtt://broker", specs, profile=profile)

    assert [(one.subject.name, one.spec) for one in asked] == [(f"update-{role}", "desired-state")]
    profile.write_text('id = "GATEWAY-1"\nrole = "anything"\n', encoding="utf-8")
    assert "update-agent" not in [one.subject.name for one in asked_subjects("mqtt://broker", (), profile=profile)]


@pytest.mark.parametrize(("device", "expected"), [("echo", ECHO), ("sim:ahu.toml", UDMI)])
def test_device_that_one_protocol_has_stands_for_that(device: str, expected: tuple[str, str]) -> None:
    assert _asked(device) == [(*expected, device)]


@pytest.mark.parametrize("device", ["sim", "mqtt://broker"])
def test_specs_choose_their_protocols(device: str) -> None:
    both = _asked(device, "echo-1", "writeback-2021")

    assert [spec for _, spec, _ in both] == ["writeback-2021", "echo-1"]
    assert [spec for _, spec, _ in _asked(device, "echo-1")] == ["echo-1"]


@pytest.mark.parametrize(
    ("device", "specs", "problem"),
    [
        ("sim", ("udmi-1.6",), "--spec is 'udmi-1.6'; did you mean 'udmi-1.5'?"),
        ("echo", ("udmi-1.5",), "udmi is not spoken there; expected one of echo-1"),
        ("sim", ("udmi-1.5", "writeback-2021"), "one spec of udmi is spoken at a time"),
    ],
)
def test_spec_that_cannot_be_is_refused(device: str, specs: tuple[str, ...], problem: str) -> None:
    with pytest.raises(UsageError) as refused:
        asked_subjects(device, specs)

    assert problem in str(refused.value)


@pytest.mark.parametrize(("address", "device"), [("sim", "replica-service"), ("mqtt://broker", "mqtt://broker")])
def test_subject_with_an_option_of_its_own_is_met_there_and_alone(address: str, device: str) -> None:
    asked = asked_subjects(None, ["replica-aws"], {"service": Elsewhere(address)})

    assert [(one.subject.name, one.spec, one.device) for one in asked] == [("replica-service", "replica-aws", device)]


def test_subject_with_an_option_of_its_own_is_met_there_beside_a_device() -> None:
    asked = asked_subjects("sim:ahu.toml", (), {"service": Elsewhere("mqtt://broker")})

    assert [(one.subject.name, one.device) for one in asked] == [
        ("udmi-device", "sim:ahu.toml"),
        ("replica-service", "mqtt://broker"),
    ]


def test_spec_of_another_protocol_is_refused_where_only_such_a_subject_is_met() -> None:
    with pytest.raises(UsageError, match="udmi is not spoken there"):
        asked_subjects(None, ["udmi-1.5"], {"service": Elsewhere("sim")})


def test_address_of_a_rest_is_a_part_of_what_is_declared_of_the_service() -> None:
    (asked,) = asked_subjects(None, (), {"service": Elsewhere("mqtt://broker", "http://host:8080")})
    declared = asked.part(ServiceFile(ServiceProfile(http="http://another"), {})) if asked.part else None

    assert declared
    assert declared.profile.as_dict()["http"] == "http://host:8080"
    assert asked.options == ("--service=mqtt://broker", "--service-http=http://host:8080")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"service": "mqtt://b", "service_http": "http://user:secret@host"}, "without a login"),
        ({"service": "mqtt://b", "service_http": "host:8080"}, "expected http://HOST:PORT"),
        ({"service_http": "http://host"}, "has no use without --service"),
        ({"service": "sim", "service_http": "http://host"}, "has a REST of its own"),
    ],
)
def test_address_of_a_rest_that_is_none_is_refused_and_not_repeated(typed: dict[str, str], problem: str) -> None:
    options = argparse.Namespace(**{"service": None, "service_http": None, **typed})

    with pytest.raises(UsageError, match=problem) as refused:
        elsewhere_typed(options)

    assert "secret" not in str(refused.value)
