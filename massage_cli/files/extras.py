"""The parts of the program that are installed only where somebody wants them."""


def how_to_add(extra: str) -> str:
    """How the program gets a part that it was installed without; by its folder, since no name on the net is known to be this program."""
    return f"from the program's folder: pipx install --force '.[{extra}]', or pip install '.[{extra}]'"
