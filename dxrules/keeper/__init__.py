"""For the keeper of rulesets: lint, test, coverage, mutants, diff, proof, impact, watch."""
