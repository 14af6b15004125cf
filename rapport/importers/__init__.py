"""Turn outside bytes into meetings and cards; pure, and streaming where files are long."""
