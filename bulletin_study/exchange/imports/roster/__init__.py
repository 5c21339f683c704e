"""A roster file: ``words`` (its columns), ``lines`` (its records, typed), ``match`` (whom each
line means), ``groups``, ``ranks`` and ``pairs`` (what it tells of them), and ``changes`` (what
it would write).
"""
