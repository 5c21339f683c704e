"""Words and rules of the routine: frozen values and pure functions, no I/O."""
