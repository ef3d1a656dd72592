"""What is known: the knowledge pack as data, and the frozen values it becomes."""
