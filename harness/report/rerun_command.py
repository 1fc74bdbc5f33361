"""The command that judges one requirement again, as it can be pasted into a shell."""

import re

from harness.protocol import default_spec, protocol_of
from harness.report.results import RunFacts
from harness.suite_folder import pytest_words
from harness.target.asked_subjects import option_of
from harness.text import shell_word

_VARIED = re.compile(r"(?s)(?P<device>.+)\+(?P<variant>[a-z0-9-]+)")


def command_for(requirement: str, run: RunFacts, subject: str = "") -> list[str]:
    """Its words, quoted: the same target with all that was given along, under the same clock and spec.

    A password in the environment has to be there again. `subject`: the name of what was judged.
    """
    varied = _VARIED.fullmatch(run.target)
    options = [f"--{option_of(subject)}={varied['device'] if varied else run.target}"]
    options += [f"--variant={varied['variant']}"] if varied else []
    options += run.options
    options += [f"--spec={run.spec}"] if run.spec != default_spec() else []
    options += [f"--clock={run.clock}", f"--only={requirement}"]
    return [pytest_words(protocol_of(run.spec)), *map(_quoted_value, options)]


def _quoted_value(option: str) -> str:
    name, has_value, value = option.partition("=")
    return f"{name}={shell_word(value)}" if has_value else option
