"""Results of today, written as earlier versions wrote them."""

from typing import Any

import msgspec

from harness.report.results import SubjectResults


def third_format(today: SubjectResults) -> dict[str, Any]:
    """One subject alone, without its name or its limits; what a device did not report was not there.

    What would have shown what was out of view stood in the story.
    """
    results: dict[str, Any] = msgspec.to_builtins(today)
    del results["subject"], results["trace"], results["run"]["limits"]
    for requirement in results["requirements"]:
        del requirement["source_version"], requirement["source_address"]
        for finding in requirement["findings"]:
            del finding["needs"]
    results["device"] = {name: text for name, text in results["device"].items() if text is not None}
    return {"format": 3, **results}


def second_format(today: SubjectResults) -> dict[str, Any]:
    """Lines of the trace counted from zero; no parts, no causes."""
    results = third_format(today)
    results["format"] = 2
    del results["partial"]
    for requirement in results["requirements"]:
        del requirement["parts"]
        for finding in requirement["findings"]:
            for name in ("unprovided", "cause"):
                del finding[name]
            finding["places"] = [line - 1 for line in finding["places"]]
            for side in ("decisive", "since"):
                line = finding["where"][side]
                finding["where"][side] = None if line is None else line - 1
    return results


def first_format(today: SubjectResults) -> dict[str, Any]:
    """Figures in words, too; no windows, no scenarios, no decisive record, and nothing of how a clause binds."""
    results = second_format(today)
    results["format"] = 1
    for name in ("doctor", "of_other_specs", "speaks", "levels_note"):
        del results[name]
    for name in ("options", "levels", "strict", "network_allowance"):
        del results["run"][name]
    for requirement in results["requirements"]:
        for name in ("verb", "because", "official_test"):
            del requirement[name]
        for finding in requirement["findings"]:
            for name in ("due", "where", "scenarios"):
                del finding[name]
            finding["measured"] = [
                f"{one['what']} {one['most']:.3f} s; required {one['required']}" for one in finding["measured"]
            ]
    return results
