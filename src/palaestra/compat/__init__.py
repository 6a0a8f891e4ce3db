"""Scripts that were written for somebody else's agent, run with ours."""
