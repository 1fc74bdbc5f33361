"""The command that judges one requirement again, as it can be pasted into a shell."""

import re
import shlex

from harness.report.results import Results
from harness.wire.spec import Spec

_VARIED = re.compile(r"(?s)(?P<device>.+)\+(?P<variant>[a-z0-9-]+)")


def command_for(requirement: str, run: Results) -> list[str]:
    """Its words, quoted: the same target with all that was given along, under the same clock and spec.

    A password in the environment has to be there again.
    """
    varied = _VARIED.fullmatch(run["target"])
    options = [f"--device={varied['device'] if varied else run['target']}"]
    options += [f"--variant={varied['variant']}"] if varied else []
    options += run.get("options", [])
    options += [f"--spec={run['spec']}"] if run["spec"] != Spec.UDMI_1_5 else []
    options += [f"--clock={run['clock']}", f"--only={requirement}"]
    return ["pytest suites/", *map(_quoted_value, options)]


def _quoted_value(option: str) -> str:
    name, has_value, value = option.partition("=")
    return f"{name}={_quoted(value)}" if has_value else option


def _quoted(text: str) -> str:
    """For bash and its kin; what does not print would not survive the way through a page and a clipboard."""
    if text.isprintable():
        return shlex.quote(text)
    escaped = "".join(c if c.isprintable() and c not in "\\'" else _escape(c) for c in text)
    return f"$'{escaped}'"


def _escape(character: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in character.encode("utf-8", "surrogatepass"))
