"""The options that `setpoint replica` refuses before it begins."""

import argparse
from pathlib import Path

import pytest

from harness.cli import main
from harness.errors import UsageError
from harness.judging.verdicts.finding import Outcome
from simulator.replica.cli import Replica

ACCESS = "[devices.lamp]\npassword_env = 'LAMP_PASSWORD'\n"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("--broker listen://0.0.0.0", "would let in whoever reaches it; give it accounts by --access FILE"),
        (
            "--broker listen://0.0.0.0 --access tokens.toml",
            "would let in whoever reaches it; give it accounts by --access FILE",
        ),
        ("--broker listens://0.0.0.0 --access access.toml", "needs --certificate FILE"),
        ("--broker listen://127.0.0.1 --ca ca.pem", "certificates have no use without TLS"),
        ("--broker listen://127.0.0.1 --client-ca ca.pem", "write --broker listens://"),
        ("--broker mqtts://127.0.0.1 --client-ca ca.pem", "write --broker listens://"),
        ("--client-ca ca.pem", "write --broker listens://"),
        ("--broker listen://127.0.0.1 --client-id me", "stand in --access"),
        ("--broker http://127.0.0.1", "expected mqtt://"),
        ("--http 0.0.0.0:0", "can be reached from elsewhere; give it a token"),
        ("--http 0.0.0.0:0 --access access.toml", "can be reached from elsewhere; give it a token"),
        ("--http 127.0.0.1:0 --http-token-file blank", "the token is blank"),
        ("--access missing.toml", "cannot read the access missing.toml"),
    ],
)
def test_what_would_be_open_to_anybody_or_cannot_be_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LAMP_PASSWORD", "secret-word")
    monkeypatch.delenv("SETPOINT_REPLICA_TOKEN", raising=False)
    Path("access.toml").write_text(ACCESS, encoding="utf-8")
    Path("tokens.toml").write_text(ACCESS.replace("password_env", "token_env"), encoding="utf-8")
    Path("blank").write_text(" \n", encoding="utf-8")

    with pytest.raises(UsageError) as refused:
        _run(typed)

    assert words in str(refused.value)
    assert str(refused.value).count("--access FILE") <= ("give it accounts by --access FILE" in words)
    assert "secret-word" not in str(refused.value)
    assert not Path("replica.db").exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("--broker mqtt://127.0.0.1:1", "mqtt://127.0.0.1:1: cannot be reached"),
        ("--broker mqtts://127.0.0.1:1 --ca missing.crt", "missing.crt cannot be read"),
    ],
)
def test_broker_that_cannot_be_had_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str, words: str
) -> None:
    monkeypatch.chdir(tmp_path)

    assert main(["replica", "--http", "127.0.0.1:0", *typed.split()]) == Outcome.UNUSABLE

    told = capsys.readouterr().err
    assert told.startswith(f"setpoint: {words}")
    assert told.count("\n") == 1


@pytest.mark.parametrize("port", ["65536", "-1", "mqtt", "1.5", "\N{SUPERSCRIPT TWO}"])
def test_port_that_is_none_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], port: str
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(SystemExit) as ended:
        main(["replica", f"--port={port}"])

    assert ended.value.code == Outcome.UNUSABLE
    assert "is no number from 0 to 65535" in capsys.readouterr().err.splitlines()[-1]
    assert not Path("replica.db").exists()


def _run(typed: str) -> int:
    parser = argparse.ArgumentParser()
    command = Replica()
    command.add_arguments(parser)
    return command.run(parser.parse_args(typed.split()))
