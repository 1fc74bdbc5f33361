"""The draft of a service's profile can be read as it stands, and asks for what nobody can hear."""

from pathlib import Path

from harness.protocols.replica.drafting.service_draft import ServiceDraft
from harness.protocols.replica.judging.service.history import Feature
from harness.protocols.replica.plug import REPLICA
from harness.protocols.replica.profile import ServiceProfile
from harness.protocols.replica.words.topics import Scheme


def test_draft_is_a_profile_as_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "service.toml"
    file.write_text(ServiceDraft(Scheme.AWS, "mqtt://broker").text(file), encoding="utf-8")

    assert REPLICA.read_profile(file).profile == ServiceProfile(scheme=Scheme.AWS)


def test_every_comment_that_is_a_line_can_be_taken_in(tmp_path: Path) -> None:
    file = tmp_path / "service.toml"
    lines = ServiceDraft(Scheme.SEED, "mqtt://broker").text(file).split("\n")
    asked = ("# size", "# depth", "# token", "# http", "# [", "# restart", "# username", "# password_env")
    file.write_text("\n".join(one.removeprefix("# ") if one.startswith(asked) else one for one in lines))

    declared = REPLICA.read_profile(file)

    profile = declared.profile
    assert isinstance(profile, ServiceProfile)
    assert (profile.http, [*profile.logins]) == ("http://HOST:8080", ["device"])
    assert list(declared.ways) == ["restart"]


def test_what_its_answers_showed_is_told() -> None:
    text = ServiceDraft(Scheme.SEED, "a\nb", frozenset({Feature.VERSION}), [Scheme.AWS]).text(Path("x"))

    assert "# Its answers showed versions, and no client tokens and no times and no metadata." in text
    assert "# It answers under the scheme aws, too." in text
    assert r"at a\nb." in text
