"""Ways to reach a Session: a tree for agents, a page for people, tools for programs."""
