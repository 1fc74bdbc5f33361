"""A device behind a broker that is there already."""

from pathlib import Path

import pytest

from harness.clock import Clock
from harness.errors import UsageError
from harness.profile import Kind
from harness.provocations.carrying_out import Ways
from harness.target import Means, Recording, Target, resolve
from harness.wire.endpoint import Login, Tls
from tests.targets.bench import AHU_1, PROFILE, metadata, opened, run


def resolved(option: str, means: Means = PROFILE) -> Target:
    """The target of that name."""
    target = resolve(option, means)
    assert not isinstance(target, Recording)
    return target


def test_device_is_named_by_its_broker_and_declared_by_its_profile() -> None:
    target = resolved("mqtt://broker")

    assert (target.name, target.profile.id, target.clock) == ("mqtt://broker:1883", "AHU-1", Clock.REAL)


def test_broker_is_somebody_elses_and_the_ways_are_the_profiles() -> None:
    login = Login("bench", "sesame")

    stand = run(lambda: opened(resolved("mqtts://broker:8884", Means(AHU_1, login, Tls(Path("ca.pem")))), []))

    assert (str(stand.endpoint), stand.endpoint.login, stand.endpoint.tls) == (
        "mqtts://broker:8884",
        login,
        Tls(Path("ca.pem")),
    )
    assert stand.is_shared
    assert isinstance(stand.provoker, Ways)
    assert "override" in stand.provoker.ways


@pytest.mark.parametrize("scheme", ["mqtt", "mqtts", "listen", "listens"])
def test_device_without_a_profile_is_refused_with_what_to_do(scheme: str) -> None:
    with pytest.raises(UsageError, match=rf"--device={scheme}:… needs --profile FILE .*`setpoint profile` drafts one"):
        resolve(f"{scheme}://broker", Means())


@pytest.mark.parametrize("option", ["mqtt:", "mqtt:broker", "mqtt://", "mqtts://broker:x", "mqtt://me:sesame@broker"])
def test_what_is_no_broker_is_refused_without_a_password_in_the_words(option: str) -> None:
    with pytest.raises(UsageError) as refused:
        resolve(option, PROFILE)

    assert "sesame" not in str(refused.value)


def test_certificates_have_no_use_without_tls() -> None:
    with pytest.raises(UsageError, match="write mqtts://"):
        resolve("mqtt://broker", Means(AHU_1, tls=Tls(Path("ca.pem"))))


def test_metadata_is_a_profile_by_its_suffix(tmp_path: Path) -> None:
    told: list[str] = []

    target = resolved("mqtt://broker", Means(metadata(tmp_path)))
    run(lambda: opened(target, told))

    assert (target.profile.id, target.profile.of_kind(Kind.WRITABLE)) == ("AHU-7", [])
    assert told == ["writable, but never written, as the metadata gives no value for it: valve"]


def test_device_of_a_site_model_is_a_profile(tmp_path: Path) -> None:
    metadata(tmp_path)

    assert resolved("mqtt://broker", Means(Path(f"{tmp_path / 'site'}:AHU-7"))).profile.id == "AHU-7"
