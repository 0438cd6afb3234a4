"""Scenarios of 培训实施与建档."""
