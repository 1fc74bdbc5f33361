"""The words of the wire, shared by both sides: topics, messages, codec, and the link. Nothing here decides."""
