"""What can act: scripted policies, and the network that self-play trains."""
