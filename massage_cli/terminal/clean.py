"""What may reach a screen: the same as may reach a page."""

from massage_cli.files.clean import clean, clean_line

__all__ = ("clean", "clean_line")
