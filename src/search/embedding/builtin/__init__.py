"""The built-in model: its weights, its graph, its tokens, and the engine that runs it."""
