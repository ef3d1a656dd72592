"""The interview: the questions of `planning/questionnaire.py`, asked at a terminal. Nothing clinical is decided here."""
