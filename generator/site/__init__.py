"""Below the fence: the engine, stamped pages, proofs, seals, the swap."""
