"""Passwords and tokens come from files and from the environment."""

from argparse import Namespace
from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.files.credentials import as_before, client_id_of, secret, tls_of


def test_secret_is_the_first_line_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORD", "another")
    (tmp_path / "word").write_text("open sesame \nthe rest\n")

    assert secret("WORD", tmp_path / "word") == "open sesame "


def test_secret_begins_behind_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "word").write_text("open sesame\n", encoding="utf-8-sig")

    assert secret("WORD", tmp_path / "word") == "open sesame"


def test_file_of_a_byte_order_mark_alone_is_empty(tmp_path: Path) -> None:
    (tmp_path / "word").write_text("", encoding="utf-8-sig")

    with pytest.raises(UsageError, match="is empty"):
        secret("WORD", tmp_path / "word")


def test_secret_without_a_file_stands_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORD", "sesame")

    assert secret("WORD", None) == "sesame"


@pytest.mark.parametrize("value", [None, ""])
def test_secret_that_nobody_gave_is_none(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    monkeypatch.delenv("WORD", raising=False)
    if value is not None:
        monkeypatch.setenv("WORD", value)

    assert secret("WORD", None) is None


@pytest.mark.parametrize(("content", "complaint"), [(b"", "is empty"), (b"\nx", "is empty"), (b"\xff", "is not UTF-8")])
def test_file_without_a_secret_is_refused(tmp_path: Path, content: bytes, complaint: str) -> None:
    (tmp_path / "word").write_bytes(content)

    with pytest.raises(UsageError, match=complaint):
        secret("WORD", tmp_path / "word")


def test_what_a_run_was_given_to_be_let_in_goes_for_what_is_not_given_now() -> None:
    options = Namespace(user=None, password_file=None, ca=None, certificate=None, key=None, client_id="acme-8")
    as_before(
        options, ["--user=a-b=c", "--password-file=my pass-word", "--client-id=acme-7", "--profile=p.toml", "--clear"]
    )

    assert (options.user, options.password_file, options.client_id) == ("a-b=c", Path("my pass-word"), "acme-8")
    assert not hasattr(options, "profile")


@pytest.mark.parametrize("typed", ["", "a\nb", "x\0y", "x" * 70_000])
def test_client_id_that_no_broker_could_take_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="--client-id is"):
        client_id_of(Namespace(client_id=typed))


def test_passphrase_of_the_key_stands_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "open sesame"
    monkeypatch.setenv("SETPOINT_KEY_PASSPHRASE", words)
    tls = tls_of(Namespace(ca=None, certificate=Path("c"), key=Path("k")))

    assert tls
    assert tls.passphrase == words


def test_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        secret("WORD", tmp_path / "nowhere")
