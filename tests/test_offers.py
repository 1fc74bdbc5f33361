"""An offer of another package that is of no use is named; a target or a command takes nothing else with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.cli import main
from harness.errors import UsageError
from harness.offers import PROTOCOLS
from harness.protocol import protocols
from harness.target import resolve
from tests.packages import beside_setpoint, install
from tests.runs import run_suites, run_tests, setpoint

_TARGET = """
from harness.target import Clock, Variant
from harness.protocols.udmi.profile import Profile
class Good:
    name, clock, profile = "acme:1", Clock.VIRTUAL, Profile("A-1", {})
    def open(self, bench): ...
class Without(Good):
    def __getattribute__(self, name):
        if name == object.__getattribute__(self, "lacks"):
            raise AttributeError(name)
        return object.__getattribute__(self, name)
def lacks(name):
    target = Without()
    target.lacks = name
    return target
def having(**what):
    target = Good()
    vars(target).update(what)
    return target
class Opens(Good):
    async def open(self, bench): ...
class Broken(Good):
    @property
    def profile(self): raise OSError("no such register")
class Varied(Good):
    variants = [Variant("twice"), Variant("twice")]
    def varied(self, name): return self
"""
_COMMAND = """
class Good:
    \"\"\"Do it.\"\"\"
    def add_arguments(self, parser): parser.add_argument("--hard")
    def run(self, arguments): return 0
class Wordless:
    def add_arguments(self, parser): ...
    def run(self, arguments): return 0
class Idle:
    \"\"\"Do nothing.\"\"\"
    def add_arguments(self, parser): ...
class Twice(Good):
    \"\"\"Do it twice.\"\"\"
    def add_arguments(self, parser): parser.add_argument("--help")
class Silent(Good):
    \"\"\"Say nothing of how it went.\"\"\"
    def run(self, arguments): return None
def fails(): raise OSError("no licence")
"""
_PROTOCOL = """
from dataclasses import replace
from pathlib import Path
from harness.protocols.udmi.plug import DEVICE, UDMI
THING = replace(DEVICE, name="acme-thing", suites="acme_suites")
HERE = Path(__file__).parent
GOOD = replace(UDMI, name="acme", specs=("acme-1",), subjects=(THING,), requirements=HERE, is_default=False)
"""
_OFFERED = r"the package acme-tools 2\.1 offers the {} 'acme' \(acme_tools:?.*\), which {}"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder in which packages are found."""
    (tmp_path / "site").mkdir()
    with beside_setpoint(tmp_path / "site", monkeypatch):
        yield tmp_path / "site"


@pytest.mark.parametrize(
    ("text", "point", "amiss"),
    [
        (
            "import nowhere_at_all",
            "acme_tools:make",
            "cannot be loaded: ModuleNotFoundError: No module named",
        ),
        ("make = (", "acme_tools:make", "cannot be loaded: SyntaxError: "),
        ("raise SystemExit('no licence')", "acme_tools:make", "cannot be loaded: SystemExit: no licence"),
        ("", "acme_tools:make", "cannot be loaded: AttributeError: module 'acme_tools' has no attribute 'make'"),
        ("", "acme_tools", "is no factory: it cannot be called, as it is <module"),
        ("def make(address): ...", "acme_tools:make", "does not take '1' and what else was given: TypeError: make"),
        ("def make(*a): 1 / 0", "acme_tools:make", "does not take '1' and what else was given: ZeroDivisionError"),
        ("def make(*a): ...", "acme_tools:make", "makes no target: None has no 'name'"),
        ("def make(*a): return lacks('clock')", "acme_tools:make", "makes no target: a Without has no 'clock'"),
        ("def make(*a): return lacks('profile')", "acme_tools:make", "makes no target: a Without has no 'profile'"),
        ("def make(*a): return lacks('open')", "acme_tools:make", "makes no target: a Without has no method 'open'"),
        ("def make(*a): return having(name='')", "acme_tools:make", "makes no target: its 'name' is empty"),
        ("def make(*a): return having(name=7)", "acme_tools:make", "makes no target: its 'name' is 7; expected a str"),
        ("def make(*a): return having(clock='real')", "acme_tools:make", "its 'clock' is 'real'; expected a Clock"),
        ("def make(*a): return having(profile={})", "acme_tools:make", "its 'profile' is {}; expected a Declared"),
        (
            "def make(*a): return Opens()",
            "acme_tools:make",
            "its 'open' is a coroutine or a generator",
        ),
        ("def make(*a): return Broken()", "acme_tools:make", "cannot be looked at: OSError: no such register"),
        (
            "def make(*a): return Varied()",
            "acme_tools:make",
            "two of its 'variants' are called 'twice'",
        ),
    ],
)
def test_target_that_is_none_is_named_with_what_is_amiss(site: Path, text: str, point: str, amiss: str) -> None:
    install(site, "acme-tools", "2.1", {"setpoint.targets": {"acme": point}}, {"acme_tools": f"{_TARGET}\n{text}\n"})

    with pytest.raises(UsageError, match=_OFFERED.format("target", ".*")) as refused:
        resolve("acme:1")

    assert amiss in str(refused.value)


@pytest.mark.process
def test_run_with_a_target_that_is_none_ends_with_3_and_one_sentence(site: Path, tmp_path: Path) -> None:
    install(site, "acme-tools", "2.1", {"setpoint.targets": {"acme": "acme_tools:make"}}, {"acme_tools": ""})

    run = run_suites(tmp_path / "reports", "--device=acme:1")

    assert run.code == 3
    assert "setpoint: the package acme-tools 2.1 offers the target 'acme' (acme_tools:make), which cannot" in run.output
    assert "Traceback" not in run.output


def test_what_a_target_refuses_by_itself_is_told_as_it_says_it(site: Path) -> None:
    text = "from harness.target import UsageError\ndef make(*a): raise UsageError('acme wants a number')\n"
    install(site, "acme-tools", "2.1", {"setpoint.targets": {"acme": "acme_tools:make"}}, {"acme_tools": text})

    with pytest.raises(UsageError, match=r"^acme wants a number$"):
        resolve("acme:1")


@pytest.mark.parametrize(
    ("where", "amiss"),
    [
        ("nowhere_at_all:make", "cannot be loaded: ModuleNotFoundError"),
        ("acme_tools", "makes no command: it cannot be called, as it is <module"),
        ("acme_tools:fails", "cannot be made: OSError: no licence"),
        ("acme_tools:Wordless", "makes no command: a Wordless has no docstring, whose first line would be its help"),
        ("acme_tools:Idle", "makes no command: a Idle has no method 'run'"),
        ("acme_tools:Twice", "cannot say what it takes: ArgumentError: argument --help: conflicting option"),
        ("acme_tools:Silent", "returned None; expected an exit code"),
    ],
)
def test_command_that_is_none_is_named_with_what_is_amiss(
    site: Path, where: str, amiss: str, capsys: pytest.CaptureFixture[str]
) -> None:
    install(site, "acme-tools", "2.1", {"setpoint.commands": {"acme": where}}, {"acme_tools": _COMMAND})

    assert main(["acme"]) == 3
    said = capsys.readouterr().err
    assert said.startswith(f"setpoint: the package acme-tools 2.1 offers the command 'acme' ({where}), which {amiss}")
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("text", "amiss"),
    [
        ("PLUG = 7", "simulates nothing: it cannot be called, as it is 7"),
        ("import nowhere_at_all", "cannot be loaded: ModuleNotFoundError"),
        ("def PLUG(arguments): ...", "returned None; expected an exit code"),
    ],
)
def test_simulator_that_is_none_is_named_with_what_is_amiss(
    site: Path, text: str, amiss: str, capsys: pytest.CaptureFixture[str]
) -> None:
    install(site, "acme-tools", "2.1", {"setpoint.simulators": {"acme": "acme_tools:PLUG"}}, {"acme_tools": text})

    assert main(["sim", "acme/bell"]) == 3
    said = capsys.readouterr().err
    assert said.startswith(
        f"setpoint: the package acme-tools 2.1 offers the simulator 'acme' (acme_tools:PLUG), which {amiss}"
    )
    assert "Traceback" not in said


@pytest.mark.process
def test_command_that_is_none_takes_no_other_with_it(site: Path) -> None:
    install(site, "acme-tools", "2.1", {"setpoint.commands": {"acme": "nowhere:make"}}, {})

    run, helped = setpoint("explain", "--table"), setpoint("--help")

    assert (run.code, helped.code) == (0, 0), run.output
    assert "cannot be used; `setpoint acme` says why" in " ".join(helped.output.split())


def test_command_of_another_package_is_run(site: Path) -> None:
    install(site, "acme-tools", "2.1", {"setpoint.commands": {"acme": "acme_tools:Good"}}, {"acme_tools": _COMMAND})

    assert main(["acme", "--hard", "1"]) == 0


@pytest.fixture
def afresh() -> Iterator[None]:
    """Protocols are looked for once in a process."""
    protocols.cache_clear()
    yield
    protocols.cache_clear()


@pytest.mark.usefixtures("afresh")
@pytest.mark.parametrize(
    ("plug", "amiss"),
    [
        ("1 / 0", "cannot be loaded: ZeroDivisionError: division by zero"),
        ("None", "is no Protocol, but a NoneType that lacks name, specs, subjects"),
        ("THING", "is no Protocol, but a Subject that lacks specs, subjects"),
        ("replace(GOOD, name='', specs=())", "has no name and no specs"),
        ("replace(GOOD, subjects=())", "has no subjects"),
        ("replace(GOOD, subjects=('thing',))", "has 'thing' among its subjects: expected a Subject"),
        ("replace(GOOD, subjects=(replace(THING, suites=''),))", "among its subjects: expected a Subject with a suite"),
        ("replace(GOOD, requirements=Path('nowhere'))", "has its requirements in nowhere, which is no folder"),
        ("replace(GOOD, requirements=None)", "cannot be looked at: AttributeError: 'NoneType' object has no"),
    ],
)
def test_protocol_that_is_none_is_named_with_what_is_amiss(site: Path, plug: str, amiss: str) -> None:
    text = f"{_PROTOCOL}\nPLUG = {plug}\n"
    install(site, "acme-tools", "2.1", {PROTOCOLS: {"acme": "acme_tools:PLUG"}}, {"acme_tools": text})

    with pytest.raises(UsageError, match=_OFFERED.format("protocol", ".*")) as refused:
        protocols()

    assert amiss in str(refused.value)


@pytest.mark.usefixtures("afresh")
@pytest.mark.parametrize(
    ("plug", "twice"),
    [
        ("replace(GOOD, name='udmi')", "name 'udmi'"),
        ("replace(GOOD, specs=('udmi-1.5',))", "spec 'udmi-1.5'"),
        ("replace(GOOD, subjects=(DEVICE,))", "subject 'udmi-device'"),
    ],
)
def test_protocols_with_something_of_the_same_name_are_refused(site: Path, plug: str, twice: str) -> None:
    text = f"{_PROTOCOL}\nPLUG = {plug}\n"
    install(site, "acme-tools", "2.1", {PROTOCOLS: {"acme": "acme_tools:PLUG"}}, {"acme_tools": text})

    with pytest.raises(UsageError, match=f"have the {twice}"):
        protocols()


@pytest.mark.process
@pytest.mark.parametrize("asked", ["suites/", "suites/udmi", "suites/udmi/writeback/test_etag.py", None])
def test_run_with_a_protocol_that_is_none_ends_with_3_and_one_sentence(
    asked: str | None, site: Path, tmp_path: Path
) -> None:
    install(site, "acme-tools", "2.1", {PROTOCOLS: {"acme": "acme_tools:PLUG"}}, {"acme_tools": "PLUG = 7"})
    told = "setpoint: the package acme-tools 2.1 offers the protocol 'acme' (acme_tools:PLUG), which is no Protocol"

    run = run_tests(tmp_path / "reports", asked) if asked else setpoint("explain")

    assert run.code == 3, run.output
    assert run.output.startswith(told)
    assert len(run.output.splitlines()) == 1


@pytest.mark.parametrize("name", ["sim", "acme"])
def test_name_that_two_packages_offer_is_nobodys(site: Path, name: str) -> None:
    for package in ("acme-tools", "emca-tools"):
        install(site, package, "2.1", {"setpoint.targets": {name: "acme_tools:make"}}, {})

    with pytest.raises(UsageError, match=rf"the package acme-tools 2\.1 and .* offer the target '{name}': only one"):
        resolve(f"{name}:1")
