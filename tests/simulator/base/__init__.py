"""Parts of every simulated device, tried with a bell that speaks no plug's protocol."""
