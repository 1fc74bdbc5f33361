"""Clients that log in, and try what is another's."""

from harness.protocols.replica.suite import (
    AnswerLevel,
    Component,
    Identities,
    Object,
    ReplicaId,
    RestClient,
    login,
    rest_address,
    scenario,
    token,
)
from suites.replica.service.limits import Limits


@scenario(demands={"_device": login("device"), "_other": login("other"), "_component": login("component")})
async def logged_in(clients: Identities, replica: ReplicaId, limits: Limits) -> None:
    """A device and another one, each by its own login, and what the first of them tries with the other's replica.

    Their documents are not new, as their ids are the operator's: what is written is marked by this scenario.
    """
    mark, others = replica.device, clients.replica_of("other")
    wish: Object = {"desired": {"mark": mark}}
    async with clients.become("component") as component, clients.become("other") as other:
        await component.hears(of=others)
        await other.hears()
        async with clients.become("device") as device:
            await device.hears()
            await device.update({"reported": {"says": mark}}, "of its own")
        await other.update({"reported": {"says": f"{mark}, other"}}, "of the other")
        await clients.trespass("device", lambda one: one.write_to(others, f"{mark}, not mine", "into the other's"))
        await component.listen(limits.quiet)
        await component.get("the other's, read back", of=others)
        await clients.eavesdrop("device", others, lambda: component.update(wish, "a wish for the other", of=others))


@scenario(demands={"_device": login("device"), "_component": login("component")})
async def logged_in_as_the_service(clients: Identities, replica: ReplicaId, limits: Limits) -> None:
    """A device, by its own login, answers itself; a component listens, as the device may be allowed one connection."""
    async with clients.become("component") as component:
        await component.hears(of=clients.replica_of("device"))
        async with clients.become("device") as device:
            await device.hears()
            await device.update({"reported": {"says": replica.device}}, "of its own")
        await clients.trespass("device", lambda one: _answer(one, AnswerLevel.ACCEPTED, replica.device))
        await clients.trespass("device", lambda one: _answer(one, AnswerLevel.DELTA, replica.device))
        await component.listen(limits.quiet)


@scenario(
    demands={"_address": rest_address, "_component": token("component"), "_login": login("component")},
)
async def rest_without_a_token(clients: Identities, rest: RestClient) -> None:
    """A document, asked for over HTTP with a token, without one, and with one that nobody was given."""
    async with clients.become("component") as component:
        await component.hears(of=rest.replica)
        await component.update({"reported": {"says": "mine"}}, "something to show", of=rest.replica)
    await rest.get("with a token over HTTP")
    await rest.get_with(None, rest.replica, "without a token")
    await rest.get_with("nobody-was-given-this", rest.replica, "with an unknown token")


@scenario(
    demands={
        "_address": rest_address,
        "_device": token("device"),
        "_other": token("other"),
        "_logins": login("device"),
        "_others": login("other"),
    }
)
async def rest_of_another(clients: Identities, rest: RestClient) -> None:
    """A device's document, asked for over HTTP with its own token, and with that of another."""
    for name in ("device", "other"):
        async with clients.become(name) as one:
            await one.hears()
            await one.update({"reported": {"says": "mine"}}, f"something to show of the {name}")
    own = clients.replica_of("device")
    await rest.get_with(clients.token_of("device"), own, "with its own token")
    await rest.get_with(clients.token_of("other"), own, "with the token of another")


async def _answer(trespasser: Component, level: AnswerLevel, mark: str) -> None:
    await trespasser.say_as_the_service(level, {"pretended": f"{mark}, {level}"}, f"pretended {level}")
