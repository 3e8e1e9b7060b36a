"""The budgets of docs/PERFORMANCE.md, measured in one run. `make bench` calls it."""
