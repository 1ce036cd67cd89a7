"""Does to the index what a bad day does, many times, and writes down what came of it."""
