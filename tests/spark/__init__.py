"""The same models on Spark, run by `make test-spark`: they need Java and a server, which they start."""
