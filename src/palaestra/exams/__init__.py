"""Held-out tasks, what came of them, and what may be claimed from that."""
