"""The demo organisation and its cases, made through the real commands on a moved clock."""

from engine.demo.build import CASES, PASSWORD, build

__all__ = ["CASES", "PASSWORD", "build"]
