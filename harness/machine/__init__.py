"""Pure state machines: their effects, and the shell that carries effects out."""
