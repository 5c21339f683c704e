"""A pasted 接龙 or list of names: read, matched with the people, shown, saved as marks.

``tokens`` cuts a line apart, ``reading`` finds in it who is meant and what is said of them,
``matching`` compares that with a sign-in, ``saving`` writes it as one operation.
"""
