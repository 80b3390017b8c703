"""The backends of the Store port: `embedded` (in memory or on disk) and `remote`."""
