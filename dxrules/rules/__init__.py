"""The language of rules: what it means, how it is read, and the lawbook of a day."""
