"""How long a journey waits for what it expects."""

from playwright.sync_api import expect

expect.set_options(timeout=15_000)  # milliseconds
