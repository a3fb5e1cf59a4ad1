"""Files and folders, and the programs that decode and play them."""
