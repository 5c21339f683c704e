"""Foreign tables as rows of plain values.

``workbook``       ``read_workbook`` and what it gives: the way in
``columns``        where the header is, and which column is which field
``cells``          what people type into cells, read as names, days, times, counts
``refusals``       what is refused (``unreadable``: the reasons; ``refusal_words``: sentences)
``process``        starts the reading child, watches it; ``assembly`` makes sheets of its
                   frames, ``wire`` is what the two speak
``child``          what runs in the child; the program itself never parses a foreign file
"""
