"""The plan file as a workbook: sheets for who does not know YAML, and nothing lost on the way.

`layout` makes the sheets from the models, `writer` writes them, `reader` reads them back.
"""
