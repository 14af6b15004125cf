"""Where Rapport meets programs and services that are not its own; only doors and the worker come here."""
