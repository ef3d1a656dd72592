"""Where the program keeps what belongs to the person: settings, and drafts of interviews."""

from pathlib import Path

_NAME = "massage-cli"


def settings_path() -> Path:
    """The settings file of this person."""
    import platformdirs  # slow to import, and needed only here

    return Path(platformdirs.user_config_dir(_NAME, appauthor=False)) / "settings.toml"


def drafts_folder() -> Path:
    """The folder of interview drafts of this person."""
    import platformdirs

    return Path(platformdirs.user_state_dir(_NAME, appauthor=False)) / "drafts"
