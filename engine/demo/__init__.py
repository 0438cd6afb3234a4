"""The demo organisation and its cases, made through the real commands on a moved clock: a few scripted ones (`build`),
or a whole year of every procedure at any size (`build_year`)."""

from engine.demo.acts import Figures
from engine.demo.build import CASES, PASSWORD, build
from engine.demo.year import Plan, build_year

__all__ = ["CASES", "PASSWORD", "Figures", "Plan", "build", "build_year"]
