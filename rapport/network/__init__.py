"""Who is connected with whom: invitations and connections, recorded for networks outside of Rapport."""
