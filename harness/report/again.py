"""The command that judges one requirement again, as it can be pasted into a shell."""

import re
import shlex

from harness.report.results import Results

_VARIED = re.compile(r"(?s)(?P<device>.+)\+(?P<variant>[a-z0-9-]+)")


def command_for(requirement: str, run: Results) -> list[str]:
    """Its words, quoted: the same target, under the same clock; the path of a profile is not in the record."""
    varied = _VARIED.fullmatch(run["target"])
    options = {"--device": varied["device"] if varied else run["target"]}
    options |= {"--variant": varied["variant"]} if varied else {}
    options |= {} if run["target"].startswith("sim") else {"--profile": "PROFILE.toml"}
    options |= {"--clock": run["clock"], "--only": requirement}
    return ["pytest suites/", *(f"{option}={_quoted(value)}" for option, value in options.items())]


def _quoted(text: str) -> str:
    """For bash and its kin; what does not print would not survive the way through a page and a clipboard."""
    if text.isprintable():
        return shlex.quote(text)
    escaped = "".join(c if c.isprintable() and c not in "\\'" else _escape(c) for c in text)
    return f"$'{escaped}'"


def _escape(character: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in character.encode("utf-8", "surrogatepass"))
