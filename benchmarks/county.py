"""The sample district's county, as benchmarks and tests read it: references, and the catalogue by part."""

from sample import COUNTY
from sources.county.references import read_references
from warehouse.build.inputs import input_tables

REFERENCES = read_references(COUNTY)
CATALOGUE = REFERENCES.catalogue
STAGED, FACTS, RECORDED = CATALOGUE.staged, CATALOGUE.facts, CATALOGUE.recorded
BUILT, INDICATORS, SOURCE = CATALOGUE.built, CATALOGUE.indicators, CATALOGUE.source
INPUTS = input_tables(CATALOGUE)
