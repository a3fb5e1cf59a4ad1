"""A face: pages in a person's own browser, served by their own machine to them alone."""
