"""How fast Rapport is on this machine: figures to read, never a test that fails by the clock."""
