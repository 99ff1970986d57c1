"""The sample district: synthetic deliveries of two years, with what must become of each."""

from sources.sample.manifest import ExpectedDelivery, ExpectedRow, Manifest, read_manifest
from sources.sample.targets import Targets
from sources.sample.write import HomeInUse, write_sample

__all__ = [
    "ExpectedDelivery",
    "ExpectedRow",
    "HomeInUse",
    "Manifest",
    "Targets",
    "read_manifest",
    "write_sample",
]
