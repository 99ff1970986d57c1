"""The sample district: synthetic deliveries of 2021 and 2022, and the expected outcome of each.

Put here: what makes, spoils and writes the sample's files, and the manifest of what is expected of them.
Keep out: reading and checking files (`sources`), measuring (`benchmarks`), the command (`pipelines`).
"""

from sample.district.registers import COUNTY
from sample.district.targets import Targets
from sample.manifest import ExpectedDelivery, ExpectedRow, SampleManifest, read_manifest
from sample.write import HomeInUse, write_county, write_sample

__all__ = [
    "COUNTY",
    "ExpectedDelivery",
    "ExpectedRow",
    "HomeInUse",
    "SampleManifest",
    "Targets",
    "read_manifest",
    "write_county",
    "write_sample",
]
