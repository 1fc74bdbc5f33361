"""A device behind a broker that is there already."""

from pathlib import Path

import pytest

from harness.clock import Clock
from harness.errors import UsageError
from harness.mqtt.endpoint import Login, Tls
from harness.protocols.udmi.profile import PointKind, udmi_profile
from harness.provocations.carrying_out import Ways
from harness.target import Recording, Target, TargetOptions, resolve
from tests.target.services import AHU_1, PROFILE, metadata, opened, run


def resolved(option: str, options: TargetOptions = PROFILE) -> Target:
    """The target of that name."""
    target = resolve(option, options)
    assert not isinstance(target, Recording)
    return target


def test_device_is_named_by_its_broker_and_declared_by_its_profile() -> None:
    target = resolved("mqtt://broker")

    assert (target.name, target.profile.id, target.clock) == ("mqtt://broker:1883", "AHU-1", Clock.REAL)


@pytest.mark.parametrize(("option", "name"), [("MQTT://BROKER", "mqtt://broker:1883"), ("Sim", "sim")])
def test_scheme_and_host_may_be_in_capitals(option: str, name: str) -> None:
    options = TargetOptions() if name == "sim" else PROFILE

    assert resolved(option, options).name == name


def test_broker_is_somebody_elses_and_the_ways_are_the_profiles() -> None:
    login = Login("bench", "sesame")

    running = run(lambda: opened(resolved("mqtts://broker:8884", TargetOptions(AHU_1, login, Tls(Path("ca.pem")))), []))

    assert (str(running.endpoint), running.endpoint.login, running.endpoint.tls) == (
        "mqtts://broker:8884",
        login,
        Tls(Path("ca.pem")),
    )
    assert running.is_shared
    assert isinstance(running.provoker, Ways)
    assert "override" in running.provoker.ways


@pytest.mark.parametrize("scheme", ["mqtt", "mqtts", "listen", "listens"])
def test_device_without_a_profile_is_refused_with_what_to_do(scheme: str) -> None:
    with pytest.raises(UsageError, match=rf"{scheme}:… needs --profile FILE .*`setpoint profile` drafts one"):
        resolve(f"{scheme}://broker", TargetOptions())


@pytest.mark.parametrize("option", ["mqtt:", "mqtt:broker", "mqtt://", "mqtts://broker:x", "mqtt://me:sesame@broker"])
def test_what_is_no_broker_is_refused_without_a_password_in_the_words(option: str) -> None:
    with pytest.raises(UsageError) as refused:
        resolve(option, PROFILE)

    assert "sesame" not in str(refused.value)


def test_client_id_is_what_we_go_by_there() -> None:
    running = run(lambda: opened(resolved("mqtt://broker", TargetOptions(AHU_1, client_id="acme-7")), []))

    assert running.endpoint.client_id == "acme-7"


@pytest.mark.parametrize("device", ["listen://127.0.0.1", "listens://127.0.0.1", "sim"])
def test_client_id_has_no_use_on_a_broker_of_ours(device: str) -> None:
    with pytest.raises(UsageError, match=r"--client-id has no use|a broker of its own"):
        resolve(device, TargetOptions(None if device == "sim" else AHU_1, client_id="acme-7"))


def test_certificates_have_no_use_without_tls() -> None:
    with pytest.raises(UsageError, match="write mqtts://"):
        resolve("mqtt://broker", TargetOptions(AHU_1, tls=Tls(Path("ca.pem"))))


def test_metadata_is_a_profile_by_its_suffix(tmp_path: Path) -> None:
    told: list[str] = []

    target = resolved("mqtt://broker", TargetOptions(metadata(tmp_path)))
    run(lambda: opened(target, told))

    assert (target.profile.id, udmi_profile(target.profile).of_kind(PointKind.WRITABLE)) == ("AHU-7", [])
    assert told == ["writable, but never written, as the metadata gives no value for it: valve"]


def test_device_of_a_site_model_is_a_profile(tmp_path: Path) -> None:
    metadata(tmp_path)

    assert resolved("mqtt://broker", TargetOptions(Path(f"{tmp_path / 'site'}:AHU-7"))).profile.id == "AHU-7"
