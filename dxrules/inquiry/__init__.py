"""Inquiries to a municipality: the fewest answers that settle the most; and taking them in.

A question is about entries of the plan file. Whether it is worth asking is not reckoned but tried:
each answer that it can have is laid over the plan, and what was undetermined is judged again.
"""
