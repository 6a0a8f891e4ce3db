"""Self-play: the proposer finds goals, the solver attempts them, and both learn from what happened."""
