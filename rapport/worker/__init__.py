"""Due rows to gateways, and nothing else: the nouns say what is due, the gateways do it, the nouns hear of it."""
