"""Files in and out: no Qt, no SQL.

``tables``    foreign tables (xlsx, xls, et, ods, csv …) as rows of plain values, and what
              stands in their columns and cells
``imports``   such a table compared with the store: a preview of what it would change
``writing``   reports as xlsx and csv, each file there whole or not at all
``holidays``  statutory holidays from the kept library
``pinyin``    pinyin of names
"""
