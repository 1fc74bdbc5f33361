"""The page on updates shows the law by which suites judge, and names every line that a profile may have."""

import json
import re

import pytest

from harness.files.data import data
from harness.protocols.update.judging.law import ACTIONS, transitions
from harness.protocols.update.judging.law_page import PAGE, blocks, diagram, filled, followers, forbidden
from harness.protocols.update.profile import Deadline
from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.status import ActionStatus
from harness.protocols.update.words.topics import MessageKind, prefix_of
from tests.runs import ROOT

TEXT = (ROOT / PAGE).read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
SMALL = transitions(
    {ActionStatus.IDENTIFIED},
    (
        (ActionStatus.IDENTIFIED, (ActionStatus.UPDATING,)),
        (ActionStatus.UPDATING, (ActionStatus.UPDATING, ActionStatus.UPDATE_SUCCESS)),
        (ActionStatus.UPDATE_SUCCESS, (ActionStatus.UPDATING,)),
    ),
)


@pytest.mark.parametrize("name", blocks())
def test_page_has_every_block_just_as_the_law_has_it(name: str) -> None:
    shown = TEXT.partition(f"<!-- law: {name} -->\n")[2].partition("<!-- end -->")[0]

    assert shown == blocks()[name], "python -m harness.protocols.update.judging.law_page writes it anew"


def test_block_that_is_out_of_date_is_written_anew() -> None:
    assert filled(TEXT) == TEXT
    assert filled(TEXT.replace("IDENTIFIED --> REMOVING", "IDENTIFIED --> UPDATING")) == TEXT
    assert filled(TEXT.replace("85 % (144)", "86 % (145)")) == TEXT


def test_diagram_begins_and_ends_and_has_no_status_behind_itself() -> None:
    drawn = transitions(SMALL.first, list(SMALL.edges.items())[:2])

    assert diagram(drawn).splitlines()[2:-1] == [
        "    [*] --> IDENTIFIED",
        "    IDENTIFIED --> UPDATING",
        "    UPDATING --> UPDATE_SUCCESS",
        "    UPDATE_SUCCESS --> [*]",
    ]
    assert "| `UPDATE_SUCCESS` | *the end* |" in followers(drawn)


def test_share_that_is_forbidden_is_of_all_ordered_pairs() -> None:
    assert forbidden({"it": SMALL}).splitlines()[-1] == (
        "| it | 9 | 33 % (3) | 22 % (2) | `UPDATE_SUCCESS`, `UPDATING` |"
    )


def test_shares_are_those_of_the_readme() -> None:
    told = forbidden({"it": ACTIONS[UpdateSpec.DIAGRAMS]})

    for share in re.search(r"([\d.]+ %) are forbidden so \(([\d.]+ %)", README).groups():  # type: ignore[union-attr]
        assert share in told


def test_page_names_every_line_of_a_profile_and_none_beside() -> None:
    table = TEXT.partition("## What a profile says")[2].partition("\n## ")[0]
    named = set(re.findall(r"^\| `\[?([a-z_]+)", table, flags=re.MULTILINE))

    assert named == set(json.loads(data("update", "schemas", "profile.json").read_text(encoding="utf-8"))["properties"])
    assert all(f"`{name}`" in table for name in Deadline)


def test_page_names_every_topic_and_none_beside() -> None:
    table = TEXT.partition("## What is said where")[2].partition("\n## ")[0]

    assert re.findall(r"^\| `PREFIX/([a-z/]+)`", table, flags=re.MULTILINE) == [*MessageKind]
    for domain, prefix in re.findall(r"`([a-z-]+)` →\s+`(\w+)`", table):
        assert prefix_of(domain) == prefix
