"""What make runs: the environment, the tests, a database server for them. Nothing here is part of the product."""
