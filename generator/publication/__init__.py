"""Below the fence: releases at a destination, here or far away."""
