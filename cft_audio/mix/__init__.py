"""The mix stage: voice, breath and bed stems, mixed block by block."""
