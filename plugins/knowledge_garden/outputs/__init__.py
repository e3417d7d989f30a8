"""Indexes to files for machines: problems, schemas, the ledger, the private review."""
