"""How documents are brought about, changed, and asked for."""

from harness.protocols.replica.suite import (
    AnswerLevel,
    Component,
    Object,
    Operation,
    ReplicaId,
    RestClient,
    ServiceControl,
    Sleeper,
    rest_address,
    scenario,
    spelt,
)
from suites.replica.service.limits import Limits

WRITES = 50  # of each of two writers
BURST = 30  # requests, none of which waits for the answer of another

VALUES: Object = {
    "Größe": "日本語 🙂",
    "large": 9007199254740991,
    "small": -9007199254740991,
    "tenth": 0.1,
    "tiny": 1e-7,
    "yes": True,
    "no": False,
    "zero": 0,
    "one": 1,
    "blank": "",
    "quoted": 'a "b" \\ / \n\t c',
    "empty": {},
    "none": [],
    "mixed": [1, "two", True, [3.5], {"four": 4}],
    "timestamp": 7,
    "deep": {"desired": {"reported": {"delta": "state"}}},
}


@scenario()
async def partial_updates(app: Component) -> None:
    """An update of one field among several, at the top and inside; fields beside `state`."""
    await app.update({"desired": {"fan": {"speed": 1, "mode": "auto"}, "lamp": "on"}}, "all of it")
    await app.update({"desired": {"fan": {"speed": 5}}}, "one field inside")
    await app.get("after one field inside")
    await app.update({"desired": {"lamp": "off"}, "reported": {"lamp": "on"}}, "one field at the top")
    await app.get("after one field at the top")
    await app.update({"reported": {"heard": 1}}, "with more beside the state", colour="blue", desired={"sky": 1})
    await app.get("after more beside the state")


@scenario()
async def removals(app: Component) -> None:
    """Fields, sections and all are removed by null, one after the other."""
    full: Object = {"fan": {"speed": 1, "mode": {"night": True, "day": False}}, "lamp": "on", "door": "shut"}
    await app.update({"desired": full, "reported": {"lamp": "off", "door": "open"}}, "all of it")
    await app.update({"desired": {"fan": {"mode": {"night": None}}}}, "null inside")
    await app.get("after null inside")
    await app.update({"desired": {"lamp": None}, "reported": {"door": None}}, "null at the top")
    await app.get("after null at the top")
    await app.update({"desired": None}, "null for a section")
    await app.get("after null for a section")
    await app.update(None, "null for all")
    await app.get("after null for all")


@scenario()
async def values(app: Component) -> None:
    """Values of every kind."""
    await app.update({"reported": VALUES}, "every value")
    await app.get("every value, read back")


@scenario()
async def repeated_update(app: Component) -> None:
    """The same update a second time, as it comes where an acknowledgement was lost."""
    state: Object = {"desired": {"list": [1, 2], "lamp": {"level": 3}}, "reported": {"count": 4}}
    await app.update(state, "once")
    await app.get("after once")
    await app.update(state, "twice")
    await app.get("after twice")


@scenario()
async def neighbours(app: Component, replica: ReplicaId) -> None:
    """Devices whose ids are alike: one begins with the other, one differs in the case of its letters."""
    longer = ReplicaId(f"{replica.device}b")
    upper = ReplicaId(replica.device.swapcase())
    for one in (longer, upper):
        await app.hears(of=one)
    await app.update({"desired": {"mark": "mine"}, "reported": {"says": "mine"}}, "mine")
    await app.get("longer, unknown", of=longer)
    await app.get("upper, unknown", of=upper)
    await app.update({"desired": {"mark": "longer"}}, "longer", of=longer)
    await app.update({"desired": {"mark": "upper"}}, "upper", of=upper)
    await app.get("mine, read back")
    await app.get("longer, read back", of=longer)
    await app.get("upper, read back", of=upper)


@scenario(hangs_on=("restart",))
async def restarted(app: Component, service: ServiceControl) -> None:
    """A document with both sections, before and after the service was restarted."""
    await app.update({"desired": {"lamp": "on", "fan": {"speed": 2}}, "reported": {"lamp": "off"}}, "both sections")
    await app.update({"desired": {"fan": {"speed": 3}}}, "a second update")
    await app.get("before the restart")
    await service.restart("the restart")
    await app.get("after the restart")


@scenario()
async def asleep(app: Component, sleeper: Sleeper, limits: Limits) -> None:
    """Two things are desired of a device that is away, and it comes back."""
    async with sleeper.awake() as device:
        await device.hears()
        await device.update({"reported": {"lamp": "off", "fan": 0}}, "before it sleeps")
    await app.update({"desired": {"lamp": "on"}}, "while it sleeps")
    await app.update({"desired": {"fan": 2}}, "still while it sleeps")
    async with sleeper.awake() as device:
        await device.listen(limits.waits)
        await device.get("once it is back")
    async with sleeper.awake(keeps_session=False) as stranger:
        await stranger.hears(AnswerLevel.DELTA)
        await stranger.listen(limits.quiet)


@scenario()
async def questions(app: Component, replica: ReplicaId) -> None:
    """Every way to ask for a document, and one for a device that nobody knows."""
    unknown = ReplicaId(f"{replica.device}-nobody")
    await app.hears(of=unknown)
    await app.update({"reported": {"lamp": "on"}}, "something to show")
    await app.get("empty body")
    await app.get("empty object", b"{}")
    await app.get("with a token", b'{"clientToken":"a-question"}')
    await app.get("of nobody", of=unknown)


@scenario(demands={"address": rest_address})
async def over_rest(app: Component, rest: RestClient) -> None:
    """The same document, asked for over MQTT and over HTTP."""
    await app.update({"desired": {"blind": "up", "slats": [1, 2]}, "reported": {"blind": "down"}}, "both sections")
    await app.get("over MQTT")
    await rest.get("over HTTP")


@scenario()
async def two_writers(app: Component, other: Component, limits: Limits) -> None:
    """Two components write to the same fields at once, without waiting for each other."""
    await other.hears()
    for number in range(WRITES):
        for name, writer in (("app", app), ("other", other)):
            token = f"{name}-{number}"
            state: Object = {"desired": {"by": token, f"field-{number % 3}": {name: number}}}
            await writer.hurry(Operation.UPDATE, {token: spelt({"state": state, "clientToken": token})})
    await app.listen(limits.waits)
    await app.get("when all have written")


@scenario()
async def burst(app: Component, limits: Limits) -> None:
    """Many requests at once, on one connection."""
    await app.hurry(
        Operation.UPDATE,
        {f"burst {n}": spelt({"state": {"reported": {"burst": n}}, "clientToken": f"burst-{n}"}) for n in range(BURST)},
    )
    await app.listen(limits.waits)


@scenario()
async def pretence(app: Component, limits: Limits) -> None:
    """Somebody else publishes at the topics at which the service answers."""
    await app.update({"desired": {"lamp": "on"}, "reported": {"lamp": "off"}}, "something of its own")
    await app.get("before the pretence")
    await app.say_as_the_service(AnswerLevel.ACCEPTED, {"desired": {"lamp": "pretended"}}, "pretended accepted")
    await app.say_as_the_service(AnswerLevel.DELTA, {"lamp": "pretended"}, "pretended delta")
    await app.say_as_the_service(AnswerLevel.REJECTED, None, "pretended rejected")
    await app.listen(limits.quiet)
    await app.get("after the pretence")
