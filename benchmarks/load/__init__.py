"""Twenty people at once: the app as it is served, asked by clients that do what a browser does."""
