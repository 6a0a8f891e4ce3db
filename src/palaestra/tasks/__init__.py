"""Goals: how they are proposed, worded, attempted and decided."""
