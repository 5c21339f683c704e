"""One module or package per tab; tabs never import each other."""
