"""What every application must pass, shipped so that others can run it on theirs."""
