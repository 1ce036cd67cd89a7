"""Questions on government documents, to train and measure with; see README.md in this folder."""
