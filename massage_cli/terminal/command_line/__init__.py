"""The commands: their names, arguments and help. Each hands over to its module in `commands/`, which does the work."""
