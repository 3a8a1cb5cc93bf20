"""dxrules judges the DX plans of Japanese towns against national and prefectural rulesets."""
