"""The training of the reader: `make train-reader`."""
