"""Self-play: a proposer finds goals by acting, the solver attempts them and learns from failure."""
