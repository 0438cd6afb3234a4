"""试运行: a draft played without database rows, and runs kept as scenarios. `engine.tryout.run` has their shape."""
