"""Clients of every revision against servers that are killed, stopped, starved and lied to about the time."""
