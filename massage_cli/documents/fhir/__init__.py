"""FHIR R4: the plan, its goals and the whole intake as resources, and the intake read back from them."""
