"""Why a plan says what it says: from each value back to the answer, the rule and the source."""
