"""A second, plain account of what BPMN means, for all that can be built of blocks; the engine is held against it."""
