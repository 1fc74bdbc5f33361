"""Access to a service of an operator's: judged by logins of the profile, none of which is ever repeated."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.mqtt.endpoint import Login
from harness.protocols.replica.profile_file import read_service_file
from simulator.replica.access import Access, KnownClient
from suites.replica.service.limits import Limits
from tests.runs import Run, run_tests
from tests.simulator.replica.running import running
from tests.simulator.udmi.standalone.standing import in_real_time

CLIENTS = {
    "device": KnownClient("LAMP-7", frozenset({"LAMP-7"}), "planted-pass-7", "planted-token-7"),
    "other": KnownClient("LAMP-8", frozenset({"LAMP-8"}), "planted-pass-8", "planted-token-8"),
    "component": KnownClient("app", frozenset({"*"}), "planted-pass-app", "planted-token-app"),
}
SECRETS = [word for client in CLIENTS.values() for word in (client.password, client.token) if word]
ROWS = (
    "access.device-writes-to-itself-alone",
    "access.device-hears-of-itself-alone",
    "access.no-client-answers",
    "access.rest-wants-a-token",
    "access.rest-token-is-for-its-own",
)
TABLE = """
[service.logins.{name}]
username = "{client.name}"
password_file = "{name}.password"
token_file = "{name}.token"
"""


@dataclass(frozen=True)
class Workplace:
    """A folder with a profile of a service, and the files of secrets beside it."""

    folder: Path

    def profile(self, *names: str, lines: str = "network_allowance = 5\n") -> Path:
        """With the logins of these."""
        for name, client in CLIENTS.items():
            (self.folder / f"{name}.password").write_text(f"{client.password}\n", encoding="utf-8")
            (self.folder / f"{name}.token").write_text(f"{client.token}\n", encoding="utf-8")
        tables = "".join(TABLE.format(name=name, client=CLIENTS[name]) for name in names)
        file = self.folder / "service.toml"
        file.write_text(f"{lines}{tables}", encoding="utf-8")
        return file

    def run(self, profile: Path, *options: str) -> Run:
        """The suite on a service whose broker and REST know all of these clients."""

        async def driven() -> Run:
            async with running(self.folder, access=Access((*CLIENTS.values(),))) as service:
                login = ("--user=app", f"--password-file={self.folder / 'component.password'}")
                where = (f"--service={service.broker}", f"--service-http={service.rest}", f"--profile={profile}")
                asked = ("suites/replica/service", "-W", "error", *where, *login, *options)
                return await asyncio.to_thread(run_tests, self.folder / "reports", *asked)

        return in_real_time(driven())


@pytest.fixture
def workplace(tmp_path: Path) -> Workplace:
    """Empty."""
    return Workplace(tmp_path)


def _verdicts(run: Run) -> Mapping[str, str]:
    return {one.id: str(one.verdict) for one in run.judged.requirements}


@pytest.mark.process
def test_service_that_keeps_clients_apart_passes_and_no_secret_is_repeated(workplace: Workplace) -> None:
    profile = workplace.profile(*CLIENTS)

    run = workplace.run(profile, *(f"--only={name}" for name in ROWS))

    assert _verdicts(run) == dict.fromkeys(ROWS, "pass"), run.output
    written = [file.read_bytes() for file in run.folder.rglob("*") if file.is_file()]
    assert len(written) > 3
    assert not [word for word in SECRETS if any(word.encode() in text for text in (*written, run.output.encode()))]


@pytest.mark.process
def test_login_that_is_missing_is_told_with_its_line(workplace: Workplace) -> None:
    run = workplace.run(workplace.profile("device", "component"), *(f"--only={name}" for name in ROWS))

    assert run.code == 2
    undecided = [name for name, verdict in _verdicts(run).items() if verdict == "could not test"]
    assert undecided == [
        "access.device-writes-to-itself-alone",
        "access.device-hears-of-itself-alone",
        "access.rest-token-is-for-its-own",
    ], run.output
    assert "the profile has no [service.logins.other] with username, and password_env or" in run.output


@pytest.mark.process
def test_login_that_is_refused_costs_its_own_rows_alone(workplace: Workplace) -> None:
    profile = workplace.profile(*CLIENTS)
    (workplace.folder / "other.password").write_text("planted-but-wrong\n", encoding="utf-8")

    run = workplace.run(profile, *(f"--only={name}" for name in ROWS))

    assert [name for name, verdict in _verdicts(run).items() if verdict == "pass"] == [
        "access.no-client-answers",
        "access.rest-wants-a-token",
    ], run.output
    assert "nobody can come as other" in run.output
    assert "planted" not in run.output


def test_secrets_come_from_their_files(workplace: Workplace) -> None:
    known = read_service_file(workplace.profile(*CLIENTS), lambda: Limits).identities()

    assert known["device"].login == Login("LAMP-7", "planted-pass-7")
    assert known["device"].token == "planted-token-7"  # noqa: S105 - of this test
    assert not [word for word in SECRETS if word in repr(known)]


def test_secrets_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "service.toml"
    lines = 'username = "LAMP-7"\nid = "the-lamp"\nclient_id = "lamp"\npassword_env = "LAMP_PASSWORD"\n'
    file.write_text(f"[service.logins.device]\n{lines}", encoding="utf-8")
    read = read_service_file(file, lambda: Limits)

    assert read.identities()["device"].login is None
    monkeypatch.setenv("LAMP_PASSWORD", "planted")
    assert read.identities()["device"].login == Login("LAMP-7", "planted")
    assert read.identities()["device"].client_id == "lamp"
    assert read.profile.as_dict()["logins"]["device"] == {
        "username": "LAMP-7",
        "id": "the-lamp",
        "has_password": True,
        "has_token": False,
    }


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ('username = "L"', "service.logins.device: it has neither a password nor a token"),
        ('username = "L"\npassword_env = "P"\npassword_file = "planted"', "there is password_env too"),
        ('password_env = "planted"', "'username' is a required property"),
        ('username = "L"\npassword = "planted"', "there is no such key here"),
    ],
)
def test_slip_is_told_with_its_line_and_repeats_no_secret(tmp_path: Path, lines: str, words: str) -> None:
    file = tmp_path / "service.toml"
    file.write_text(f"[service.logins.device]\n{lines}\n", encoding="utf-8")

    with pytest.raises(UsageError) as refused:
        read_service_file(file, lambda: Limits)

    assert words in str(refused.value)
    assert "planted" not in str(refused.value)


def test_secret_put_where_its_file_should_be_named_is_not_repeated(tmp_path: Path) -> None:
    file = tmp_path / "service.toml"
    file.write_text('[service.logins.device]\nusername = "L"\npassword_file = "planted"\n', encoding="utf-8")
    read = read_service_file(file, lambda: Limits)

    with pytest.raises(UsageError, match=r"the password of \[service.logins.device\] cannot be read") as refused:
        read.identities()

    assert "planted" not in f"{refused.value}{refused.value.__cause__}{read}{read.profile.as_dict()}"
