"""The results of many plans as tables that are asked by SQL: a file of DuckDB, or a folder.

`database_tables` declares every table and column once; from it follow what is written, the
remarks that stand in the database itself, and the page of the documents.
"""
