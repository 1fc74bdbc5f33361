"""How a judgement ends, what it looked at, and what findings make of a requirement and of a device. Pure."""
