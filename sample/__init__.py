"""The sample district: synthetic deliveries of two years, with what must become of each."""

from sample.manifest import ExpectedDelivery, ExpectedRow, SampleManifest, read_manifest
from sample.targets import Targets
from sample.write import HomeInUse, write_sample

__all__ = [
    "ExpectedDelivery",
    "ExpectedRow",
    "HomeInUse",
    "SampleManifest",
    "Targets",
    "read_manifest",
    "write_sample",
]
