"""From a foreign table to a preview of what it would change.

``importers``   ``preview``: the way in; ``rejects`` saves the wrong rows aside
``compare``     what each kind of import asks of the store, and the comparison it makes
``records``     the records of a sheet, column by column, and what is said about each
``lookup``      whom and what a file means; ``people`` for lists of people
``proposal``    what would be written; ``memory``: what was decided about earlier files
``roster``      the roster: people, groups, ranks, pairs
``sessions``    past sessions and the study plan
``absences``, ``attendance``    one list each
"""
