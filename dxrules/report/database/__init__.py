"""The results of many plans as tables that are asked by SQL: a file of DuckDB, or a folder.

`database_tables` declares every table and column once; from it follow what is written, the
remarks that stand in the database itself, and the page of the documents.
"""

from dxrules.texts import Text

NEEDS_PACKAGE = Text(
    "データベースの読み書きには追加のパッケージが必要です: pip install 'dxrules[nation]'",
    "Databases need another package: pip install 'dxrules[nation]'",
)
