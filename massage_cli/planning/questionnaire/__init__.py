"""The questionnaire: which question is next, how an answer is read, and the intake that the answers make."""
