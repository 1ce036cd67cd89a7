"""The built-in model: its weights, graph and tokenizer, and the encoder that runs it."""
