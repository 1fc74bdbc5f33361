"""Update agents that share nothing with Setpoint, and how its suites judge them."""
