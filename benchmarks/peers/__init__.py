"""What a competent user would write instead of the program, one file a way, for the same published results.

Put here: scripts that read what the program is sent and write what it publishes of it; their own requirements and lock.
Keep out: anything of the program: they run in an environment of their own, `.venv-peers`.
"""
