"""Versions, client tokens and metadata."""

from harness.protocols.replica.suite import Component, Object, Operation, scenario, spelt
from suites.replica.service.limits import Limits

TOKENS = 10  # of each of two components, in flight together
FAR_AHEAD = 1000  # versions


@scenario()
async def version_conflicts(app: Component) -> None:
    """Updates for the version that is there, for one of before, for one to come, and for none."""
    await app.update({"desired": {"lamp": "on"}, "reported": {"lamp": "off"}}, "first")
    await app.get("first, read back")
    version = app.version or 1
    await app.update({"desired": {"lamp": "dim"}}, "for this version", version=version)
    await app.get("before the conflicts")
    await app.update({"desired": {"lamp": "stale"}}, "for a version of before", version=version)
    await app.update({"desired": {"lamp": "future"}}, "for a version to come", version=version + FAR_AHEAD)
    await app.get("after the conflicts")
    await app.update({"desired": {"lamp": "any"}}, "for any version")
    await app.get("for any version, read back")


@scenario()
async def tokens(app: Component, other: Component, limits: Limits) -> None:
    """Requests with tokens: accepted and rejected, with a delta and without, and many in flight together."""
    await other.hears()
    await app.update({"desired": {"lamp": "on"}, "reported": {"lamp": "off"}}, "update with a token", clientToken="t-1")
    await app.ask(Operation.UPDATE, spelt({"state": 7, "clientToken": "t-2"}), "wrong update with a token")
    await app.get("get with a token", spelt({"clientToken": "t-3"}))
    for number in range(TOKENS):
        for name, client in (("app", app), ("other", other)):
            state: Object = {"reported": {name: number}}
            token = f"{name} {number}, in flight"
            await client.hurry(Operation.UPDATE, {token: spelt({"state": state, "clientToken": token})})
    await app.listen(limits.waits)


@scenario()
async def changed_later(app: Component, limits: Limits) -> None:
    """A document of which one part changes some seconds after the rest."""
    first: Object = {"fan": {"speed": 1, "mode": "auto"}, "list": [1, 2]}
    await app.update({"desired": first, "reported": {"lamp": "off"}}, "first")
    await app.get("first, read back")
    await app.listen(limits.apart)
    await app.update({"desired": {"fan": {"speed": 2}}}, "later")
    await app.get("later, read back")
