"""Jianbao (简报): English briefings from Chinese government reports that a reader can trust."""

__version__ = "0.1.0"
