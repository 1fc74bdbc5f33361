"""An agent with the habits of Leda's self-update agent, from what is known of it: one image, and a machine of states.

The activity of whatever came last is the one that it speaks of: a command's, and a question's too.
"""

from collections.abc import Iterator
from typing import Any

from live.update_agents.shelf import UNKNOWN, Shelf, read_wanted, trouble
from live.update_agents.wire import Wire

_IMAGE = "os-image"
_STEP = 0.1  # seconds
# The state in which a command is heeded; CLEANUP in any of an update. Others are left, and nothing is said.
_HEEDS = {"DOWNLOAD": "identified", "UPDATE": "downloaded", "ACTIVATE": "installed"}


class Leda:
    """`_version` and `_activity`: of the desired state, as far as the last message said."""

    def __init__(self, wire: Wire, shelf: Shelf, domain: str) -> None:
        self._wire, self._shelf, self._domain = wire, shelf, domain
        self._state = "idle"
        self._activity, self._version = "", ""
        self._before = ""
        self._action, self._message = "", ""

    def connected(self) -> None:
        """Tell the current state: of no activity, or of the last one."""
        self._tell_state()

    def asked(self, payload: bytes) -> None:
        """The desired state is forgotten for it: the whole record is written anew."""
        try:
            activity, _ = self._wire.read(payload)
        except (ValueError, RecursionError):
            return
        if activity:
            self._activity, self._version = activity, ""
            self._tell_state()

    def desired(self, activity: str, body: Any) -> Iterator[float]:  # noqa: ANN401 - JSON
        """Identify the image; what cannot be read otherwise fails with the words of the parser."""
        self._activity = activity
        try:
            version = self._read(body)
        except ValueError as error:
            self._feed("IDENTIFYING", "evaluating")
            self._feed("IDENTIFICATION_FAILED", str(error))
            return
        if self._state != "idle":
            return
        self._version = version
        self._feed("IDENTIFYING", "evaluating")
        yield _STEP
        self._before = self._shelf.versions[_IMAGE]
        if version == self._before:
            self._feed("COMPLETED", "the image is as desired")
        else:
            self._state = "identified"
            self._tell("IDENTIFIED", "IDENTIFIED", "about to perform an update", 0)

    def commanded(self, activity: str, command: str, baseline: str) -> Iterator[float]:
        """In the state that it is for, whatever the baseline; the command's activity is taken over first."""
        del baseline
        self._activity = activity
        if command == "ROLLBACK" and self._state in ("installed", "activated"):
            self._shelf.put(_IMAGE, self._before)
            self._action, self._message, self._state = "UPDATE_FAILURE", "rolled back", "failed"
        elif command == "CLEANUP" and self._state != "idle":
            yield from self._clean_up()
        elif _HEEDS.get(command) == self._state:
            match command:
                case "DOWNLOAD":
                    yield from self._download()
                case "UPDATE":
                    yield from self._install()
                case _:
                    yield from self._activate()

    def _read(self, body: Any) -> str:  # noqa: ANN401 - JSON
        """The version of the image. Raises ValueError where there is none."""
        wanted = read_wanted(body)
        if wanted.domains[:1] != [self._domain]:
            raise ValueError(f"the domain {self._domain} is missing")
        version = wanted.components.get(_IMAGE, UNKNOWN)
        if version == UNKNOWN:
            raise ValueError(f"the component {_IMAGE} is missing, or its version is")
        return version

    def _download(self) -> Iterator[float]:
        for part in (0, 50, 100):
            self._tell("DOWNLOADING", "DOWNLOADING", "Downloading 1.5 MiB...", part)
            yield _STEP
        if why := trouble(self._version, "DOWNLOAD"):
            self._fail("DOWNLOAD_FAILURE", f"Download failed: {why}")
            return
        self._state = "downloaded"
        self._tell("DOWNLOAD_SUCCESS", "DOWNLOAD_SUCCESS", "Downloaded 1.5 MiB...", 100)

    def _install(self) -> Iterator[float]:
        self._tell("UPDATING", "UPDATING", "Checking bundle version", 0)
        yield _STEP
        if not self._version:
            self._fail("UPDATE_FAILURE", "the version does not match", "Update rejected")
            return
        for part in (20, 100):
            self._tell("UPDATING", "UPDATING", "RAUC install...", part)
            yield _STEP
        if why := trouble(self._version, "UPDATE"):
            self._fail("UPDATE_FAILURE", why)
            return
        self._state = "installed"
        self._tell("UPDATE_SUCCESS", "UPDATING", "reboot required", 100)

    def _activate(self) -> Iterator[float]:
        self._tell("ACTIVATING", "UPDATING", "activation", 0)
        yield _STEP
        if why := trouble(self._version, "ACTIVATE"):
            self._fail("ACTIVATION_FAILURE", why, action="UPDATE_FAILURE")
            return
        self._shelf.put(_IMAGE, self._version)
        self._action, self._message, self._state = "UPDATE_SUCCESS", "activated", "activated"
        self._tell("ACTIVATION_SUCCESS", "UPDATED", "activated", 0)

    def _clean_up(self) -> Iterator[float]:
        yield _STEP
        is_well, self._state = self._state == "activated", "idle"
        self._tell("CLEANUP_SUCCESS", self._action, self._message, 0)
        self._tell("COMPLETE" if is_well else "INCOMPLETE", self._action, self._message, 0)
        self._action = self._message = ""

    def _fail(self, status: str, why: str, words: str = "failed", *, action: str = "") -> None:
        self._state, self._action, self._message = "failed", action or status, why
        self._feed(status, words, self._deed(self._action, why, 0))

    def _tell(self, status: str, action: str, message: str, progress: int) -> None:
        self._feed(status, "under way", self._deed(action, message, progress))

    def _deed(self, status: str, message: str, progress: int) -> dict[str, Any]:
        component = {"id": f"{self._domain}:{_IMAGE}", "version": self._version}
        return {"component": component, "status": status, "progress": progress, "message": message}

    def _feed(self, status: str, message: str, *actions: dict[str, Any]) -> None:
        self._wire.publish(
            "desiredstatefeedback", self._activity, {"status": status, "message": message, "actions": list(actions)}
        )

    def _tell_state(self) -> None:
        agent, image = "self-update-agent", f"{self._domain}:{_IMAGE}"
        nodes = [
            {"id": agent, "version": "build-7", "name": "Update agent of the image", "type": "APPLICATION"},
            {"id": image, "version": self._shelf.versions[_IMAGE], "name": "device image", "type": "IMAGE"},
        ]
        links = [{"sourceId": agent, "targetId": image}]
        content = {"softwareNodes": nodes, "hardwareNodes": [], "associations": links}
        self._wire.publish("currentstate", self._activity or None, content, retain=True)
