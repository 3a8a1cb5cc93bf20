"""The sections of a plan file, one module each; `plan.models` puts them together."""
