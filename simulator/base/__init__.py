"""Parts of every simulated device, whatever protocol it speaks: its variations, its link, and it as a target."""
