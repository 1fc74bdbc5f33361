"""Words to an operator while a target is driven."""
