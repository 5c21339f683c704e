"""Reports as files.

``writers`` is the way in: it takes the format from the name. ``excel`` (with ``excel_sheet``
and ``excel_styles``) writes xlsx, ``csv_out`` writes csv, and ``atomic`` puts the file in
place whole or not at all.
"""
