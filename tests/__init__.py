"""Tests that mirror the packages, journeys through whole loads, and tests on public files and in a browser."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
"""The repository."""
