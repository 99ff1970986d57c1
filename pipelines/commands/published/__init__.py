"""Commands on what is published: SQL, traces, bulletins, the dictionary, versions."""
