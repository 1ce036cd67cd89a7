"""The training of the embedding model: `make train-encoder`."""
