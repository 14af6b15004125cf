"""The schools as data: one TOML file a school."""
