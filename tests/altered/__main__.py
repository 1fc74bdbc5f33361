"""`python -m tests.altered [WORD …]`: tries the alterations, or those with a word in their names, and counts them."""

import sys

from tests.altered.table import LACKING, TABLE
from tests.altered.trial import Tally, try_out


def main(words: list[str]) -> int:
    """0 if every verdict followed; what did not is printed."""
    rows = [row for row in TABLE if not words or any(word in row.id for word in words)]
    tally = Tally()
    for row in rows:
        try_out(row, LACKING, tally)
    print(*tally.wrong, *([""] if tally.wrong else []), sep="\n")  # noqa: T201 - to whoever asked
    print(  # noqa: T201 - likewise
        f"{len(rows)} alterations, {tally.episodes:,} altered episodes, {tally.judged:,} judgements made; "
        f"{len(tally.wrong)} verdicts did not follow; {len(LACKING)} entries say why a judgement has no alteration"
    )
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
