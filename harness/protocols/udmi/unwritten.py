"""The points of a real device that no verdict is about, as the end of a run names them."""

from collections.abc import Iterator, Sequence

from harness.clock import Clock
from harness.judging.verdicts.finding import some_of
from harness.protocols.udmi.profile import Profile
from harness.record.kinds import Record, Sent, began_in


def unwritten(records: Sequence[Record], *, is_partial: bool) -> Iterator[str]:
    """Lines about points of the profile that were never written: a suite writes to one or two of each kind."""
    began = began_in(records)
    if began.clock != Clock.REAL:
        return
    written = {one.subject for record in records if isinstance(record, Sent) for one in record.desired.values()}
    left_out = [point for point in Profile.from_dict(began.profile).points.values() if point.name not in written]
    unsafe = [point.name for point in left_out if not point.good]
    # A part of the suites leaves out more, and where nothing was driven it is no choice of theirs.
    spare = [point.name for point in left_out if point.good and written and not is_partial]
    if unsafe or spare:
        yield ""
        yield "Points that were never written:"
    if unsafe:
        yield f"  {some_of(unsafe)}: the profile has no good values for them"
    if spare:
        yield f"  {some_of(spare)}: the suites take the first one or two of each kind that have enough good values"
