"""Who we talk to: the commands and the display; the only room that sees a screen, a clock or the environment."""
