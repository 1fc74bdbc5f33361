"""The update's plug: a desired state of software, its update agents and devices, and what they feed back."""
