"""Messages of an update: the document's own example is read whole, and anything else never raises."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.payload.values import JSON, IllTyped
from harness.protocols.update.words.command import command_message, read_command
from harness.protocols.update.words.desired_state import (
    Baseline,
    DesiredComponent,
    DesiredDomain,
    DesiredState,
    read_desired_state,
)
from harness.protocols.update.words.envelope import encoded, is_enveloped, read_message
from harness.protocols.update.words.feedback import Feedback, read_feedback
from harness.protocols.update.words.inventory import (
    Association,
    HardwareNode,
    Inventory,
    SoftwareNode,
    SoftwareType,
    read_inventory,
)
from harness.protocols.update.words.status import ActionStatus, FeedbackStatus, PhaseCommand

# The shape of the document's full example, with values of our own.
EXAMPLE: dict[str, JSON] = {
    "status": "RUNNING",
    "message": "3 agents at work",
    "actions": [
        {"component": {"id": "containers:web", "version": "7"}, "status": "UPDATE_SUCCESS", "message": "up after 4 s"},
        {
            "component": {"id": "lab-domain:app-a", "version": "2.0"},
            "status": "DOWNLOADING",
            "progress": 41,
            "message": "12 MiB to go",
        },
        {
            "component": {"id": "lab-domain:app-b", "version": "10.20.30"},
            "status": "UPDATING",
            "progress": 88,
            "message": "flashing",
        },
    ],
}
DESIRED = DesiredState(
    (DesiredDomain("containers", (DesiredComponent("web", "7", (("port", "80"),)),), (("a", "b"),)),),
    (Baseline("both", ("containers:web",)),),
)
INVENTORY = Inventory(
    (
        SoftwareNode("device-update-manager", "1", type=SoftwareType.APPLICATION),
        SoftwareNode("containers:web", "7", "Web", SoftwareType.CONTAINER, (("domain", "containers"),)),
    ),
    (HardwareNode("board", "2", "Board", addressable=True),),
    (Association("device-update-manager", "containers:web"),),
)


def _feedback(content: JSON, *, enveloped: bool) -> tuple[Feedback, list[str]]:
    around = {"activityId": "a-1", "timestamp": 1_700_000_000_000, "payload": content} if enveloped else content
    message = read_message(json.dumps(around).encode(), enveloped=enveloped)
    assert message.body is not None
    return read_feedback(message.body), [problem.path for problem in message.problems]


@pytest.mark.parametrize("enveloped", [True, False])
def test_full_example_of_the_document_is_read_without_a_problem(*, enveloped: bool) -> None:
    feedback, problems = _feedback(EXAMPLE, enveloped=enveloped)

    assert not problems
    assert feedback.status is FeedbackStatus.RUNNING
    assert [one.status for one in feedback.actions] == [
        ActionStatus.UPDATE_SUCCESS,
        ActionStatus.DOWNLOADING,
        ActionStatus.UPDATING,
    ]
    assert [one.progress for one in feedback.actions] == [None, 41, 88]
    assert [one.domain for one in feedback.actions] == ["containers", "lab-domain", "lab-domain"]


def test_spelling_of_the_documents_table_is_read_and_kept() -> None:
    feedback, problems = _feedback({"status": "RUNNING", "actions": [{"status": "DOWNLOADED_SUCCESS"}]}, enveloped=True)

    assert not problems
    assert feedback.actions[0].status is ActionStatus.DOWNLOAD_SUCCESS
    assert feedback.actions[0].spelling == "DOWNLOADED_SUCCESS"


@pytest.mark.parametrize("progress", [101, 79.5, "79", -1])
def test_progress_that_is_no_integer_is_listed_and_the_rest_goes_on(progress: JSON) -> None:
    feedback, problems = _feedback(
        {"status": "RUNNING", "actions": [{"status": "UPDATING", "progress": progress}, 7, None]}, enveloped=True
    )

    odd = isinstance(feedback.actions[0].progress, IllTyped)
    assert odd == (not isinstance(progress, int))
    assert ("payload.actions.0.progress" in problems) == odd
    assert feedback.actions[0].status is ActionStatus.UPDATING
    assert feedback.odd_actions == 2


def test_nulls_are_missing() -> None:
    feedback, problems = _feedback(
        {
            "status": "IDENTIFIED",
            "baseline": None,
            "message": None,
            "actions": [{"component": None, "status": "IDENTIFIED", "progress": None, "message": None}],
        },
        enveloped=True,
    )

    assert not problems
    assert feedback.baseline is None
    assert not feedback.actions[0].has_component


def test_desired_state_and_inventory_are_read_as_they_were_written() -> None:
    for content, read in ((DESIRED, read_desired_state), (INVENTORY, read_inventory)):
        payload = encoded(content.as_json(), activity="a-1", now=1.5, enveloped=True)
        message = read_message(payload, enveloped=True)
        assert message.body is not None
        assert read(message.body) == content
        assert not message.problems
        assert (message.activity, message.timestamp) == ("a-1", 1500)


@pytest.mark.parametrize("config", [{"port": "80"}, [{"key": "port", "value": "80"}]])
def test_configuration_is_taken_as_object_and_as_list(config: JSON) -> None:
    domains: JSON = [{"id": "containers", "components": [{"id": "web", "version": "7", "config": config}]}]
    message = read_message(json.dumps({"domains": domains}).encode(), enveloped=False)
    assert message.body is not None

    assert read_desired_state(message.body).domains[0].components[0].config == (("port", "80"),)
    assert not message.problems


def test_envelope_is_known_by_what_only_it_has() -> None:
    assert is_enveloped(b'{"activityId": "x", "payload": {}}')
    assert is_enveloped(b'{"timestamp": 1, "payload": {}}')
    assert not is_enveloped(json.dumps(EXAMPLE).encode())
    assert not is_enveloped(b"[")


def test_command_that_nobody_knows_is_kept_as_it_was_spelt() -> None:
    body = read_message(
        encoded(command_message("FOO", "*").as_json(), activity="a", now=0, enveloped=True), enveloped=True
    )
    assert body.body is not None

    command = read_command(body.body)

    assert isinstance(command.command, IllTyped)
    assert (command.spelling, command.baseline) == ("FOO", "*")
    assert command_message(PhaseCommand.UPDATE).as_json() == {"command": "UPDATE"}


# fmt: off
_NAMES = st.sampled_from([
    "payload", "status", "actions", "component", "id", "version", "progress", "domains", "components", "config",
    "key", "baselines", "title", "softwareNodes", "associations", "parameters", "command", "activityId",
    "timestamp",
])
# fmt: on
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_NAMES, inner, max_size=4),
    max_leaves=12,
)


@settings(derandomize=True, deadline=None, database=None)
@given(content=_JSON, enveloped=st.booleans())
def test_no_message_raises(*, content: JSON, enveloped: bool) -> None:
    message = read_message(json.dumps(content).encode(), enveloped=enveloped)

    for read in (read_feedback, read_desired_state, read_inventory, read_command):
        if message.body is not None:
            read(message.body)
    assert isinstance(message.problems, list)
