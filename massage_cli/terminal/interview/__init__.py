"""The interview: the questions of `planning/questionnaire/`, asked at a terminal. Nothing clinical is decided here."""
