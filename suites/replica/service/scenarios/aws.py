"""Parts that only AWS's scheme has: deletion, documents, and named replicas."""

from harness.protocols.replica.suite import Component, ReplicaId, scenario


@scenario(about="delete.leaves-only-the-version")
async def deletion(app: Component) -> None:
    """A document is deleted, asked for, deleted once more, and begun anew."""
    await app.update({"desired": {"lamp": "on"}, "reported": {"lamp": "off"}}, "to be deleted")
    await app.delete("the deletion")
    await app.get("once it is deleted")
    await app.delete("a second deletion")
    await app.update({"reported": {"fan": 1}}, "begun anew")
    await app.get("begun anew, read back")


@scenario(about="documents.show-both-sides")
async def both_sides(app: Component) -> None:
    """The first update of a document, and two more."""
    await app.update({"desired": {"lamp": "on"}}, "the first")
    await app.update({"reported": {"lamp": "off"}}, "the second")
    await app.update({"reported": {"lamp": "on"}}, "the third")
    await app.listen(1)


@scenario(about="names.are-apart")
async def named_replicas(app: Component, replica: ReplicaId) -> None:
    """Three replicas of one thing: one without a name, and two with."""
    one, two = (ReplicaId(replica.device, name) for name in ("one", "two"))
    for each in (one, two):
        await app.hears(of=each)
    await app.update({"reported": {"who": "nameless"}}, "nameless")
    await app.get("one, unknown", of=one)
    await app.update({"reported": {"who": "one"}}, "one", of=one)
    await app.update({"reported": {"who": "two"}}, "two", of=two)
    await app.get("nameless, read back")
    await app.get("one, read back", of=one)
    await app.get("two, read back", of=two)
