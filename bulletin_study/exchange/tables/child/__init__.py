"""What runs in the child that opens foreign files; it starts light and imports no more of
the program than this package, ``wire`` and ``unreadable``.

``reader`` is its entry: ``sniff`` says what the file is, one module reads each format
(``xlsx`` with ``ooxml`` and ``sheetxml``, ``xls`` in its ``ole`` container, ``ods``,
``html``, ``text``; ``zip`` opens packages), and ``sink`` sends the rows.
"""
