"""How plain `tox` goes about its environments: three at a time, and all of them give way to `live`.

`live` is nearly all waiting, so it waits beside the rest. But a run in real time that gets no core in time is left
undecided: the rest takes what `live` leaves. `tox -e NAME` and `tox run`, one after another, are as ever.
"""

import os
import sys
import threading
from typing import Any

from tox.config.sets import ConfigSet
from tox.plugin import impl
from tox.session.state import State
from tox.tox_env.api import ToxEnv
from tox.tox_env.runner import RunToxEnv

_AT_A_TIME = 3
_IN_REAL_TIME = "live"
_NICENESS = 10


@impl
def tox_add_core_config(core_conf: ConfigSet, state: State) -> None:  # noqa: ARG001 - tox passes arguments by name
    """Let `tox` without a word be `tox -p 3`."""
    options = state.conf.options
    if options.command == "legacy" and options.env.is_default_list and not options.parallel:
        options.parallel = _AT_A_TIME


@impl
def tox_on_install(tox_env: ToxEnv, arguments: Any, section: str, of_type: str) -> None:  # noqa: ANN401, ARG001 - likewise
    """Installing takes a core, too."""
    _give_way(tox_env)


@impl
def tox_before_run_commands(tox_env: ToxEnv) -> None:
    """All that a command starts gives way as it does."""
    _give_way(tox_env)


def _give_way(tox_env: ToxEnv) -> None:
    """On Linux a thread has a niceness of its own, which what it starts inherits; tox has a thread per environment.

    The package is built in the thread of whichever comes first, and no thread that gave way gets its share back.
    """
    beside_others = getattr(tox_env.options, "parallel", 0) and isinstance(tox_env, RunToxEnv)
    if sys.platform == "linux" and beside_others and tox_env.conf.name != _IN_REAL_TIME:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
