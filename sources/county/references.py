"""What deliveries are read by: contracts, tables, places, reporters, corrections, and the hash over them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path

import polars as pl

from schemas.catalogue import Catalogue
from schemas.county.terms import COUNTY, CountyTerms, county_file, read_county_terms
from schemas.errors import XiangcangError
from schemas.field import Column, columns
from schemas.lineage import Staged
from sources.county.contract import Contract, TextContract, WorkbookContract
from sources.county.contract_check import check_contracts
from sources.county.corrections import Correction, read_corrections
from sources.county.county_catalogue import check_county, read_county_catalogue
from sources.county.county_contracts import read_county_contracts
from sources.county.lists.boundaries import BOUNDARIES, Boundaries, read_boundaries
from sources.county.lists.divisions import read_crosswalk, read_divisions
from sources.county.lists.plausible_bands import BANDS, read_plausible_bands
from sources.county.lists.reporters import Reporter, read_reporters, reporters_of
from sources.county.lists.targets import TARGETS, CountyTargets, read_targets
from sources.county.lists.tiles import TILES, read_tiles
from sources.county.places import Places, read_places
from sources.county.rules_hash import hash_of_readers, hash_of_table
from sources.text.squeeze import squeeze

_LINEAGE = {column.name for column in columns(Staged)}
_NOT_READ_BY = {"template", "owed", "due_days", "frame", "lacks", "first", "last"}
"""Terms of a contract that say when a delivery is due and whether it is whole; its cells are read alike."""


class NoCounty(XiangcangError):
    """A home without a county's folder."""


@dataclass(frozen=True)
class References:
    """Everything but the file that decides the outcome of a delivery; and what pages show of the county beside figures."""

    county: CountyTerms
    contracts: dict[str, Contract]
    catalogue: Catalogue
    places: Places
    reporters: list[Reporter]
    folder: Path
    corrections: tuple[Correction, ...] = ()
    targets: CountyTargets = field(default_factory=CountyTargets)
    tiles: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    boundaries: Boundaries = field(default_factory=Boundaries)

    @property
    def tables(self) -> dict[str, type[Staged]]:
        """The staged tables, by the name that contracts give."""
        return self.catalogue.staged

    @cached_property
    def reported(self) -> list[str]:
        """The staged tables of the forms that somebody sends."""
        sent = {contract.table for contract in self.contracts.values()}
        return [table for table in self.tables if table in sent]

    def with_corrections(self, folder: Path) -> "References":
        """Return the same with the corrections of a home's folder. Raises CorrectionError."""
        codes = {reporter.code for reporter in self.reporters}
        return replace(self, corrections=read_corrections(folder, self.columns_by_table, codes))

    def corrections_of(self, table: str, reporter_code: str, period: str) -> list[Correction]:
        """Return the corrections in force that concern the deliveries of a table, reporter and period."""
        key = table, reporter_code, period
        return [c for c in self.corrections if c.status == "in_force" and c.key == key]

    @property
    def county_code(self) -> str:
        """Six digits: the county."""
        return self.county.code

    def reporter_of(self, folder: str, on: date) -> Reporter | None:
        """Return the reporter that an inbox folder belongs to on a day, else the last that it belonged to, or None.

        One that has closed still owes what was due before; see `check_in_force`.
        """
        of_folder = [r for r in self.reporters if r.folder == folder and r.valid_from <= on]
        return max(of_folder, key=lambda reporter: reporter.valid_to or date.max, default=None)

    def division_of(self, reporter_code: str, on: date) -> str | None:
        """Return the township or subdistrict that a reporter is on a day, None for one of the county.

        Before it is first listed it is the one that it is at first.
        """
        versions = [reporter for reporter in self.reporters if reporter.code == reporter_code]
        reporter = max(
            (version for version in versions if version.valid_from <= on),
            key=lambda version: version.valid_from,
            default=versions[0],
        )
        return reporter.division_code if reporter.kind in ("township", "subdistrict") else None

    def names(self, text: str) -> list[Reporter]:
        """Return the reporters that a text names, by their own name or that of their place."""
        squeezed = squeeze(text)
        return [r for r in self.reporters if squeeze(r.name) in squeezed or self._named_as_place(text, r)]

    @cached_property
    def workbook_contracts(self) -> list[WorkbookContract]:
        """The contracts of forms that arrive in workbooks."""
        return [c for c in self.contracts.values() if isinstance(c, WorkbookContract)]

    @cached_property
    def text_contracts(self) -> list[TextContract]:
        """The contracts of forms that arrive in text files."""
        return [c for c in self.contracts.values() if isinstance(c, TextContract)]

    @cached_property
    def tables_judged_last(self) -> frozenset[str]:
        """The tables of forms that are held against another form of the same period, or against its flow."""
        return frozenset(
            contract.table
            for contract in self.contracts.values()
            if contract.frame.startswith("form:") or contract.frame == "stock"
        )

    def columns_to_fill(self, table: str) -> list[Column]:
        """Return the columns of a staged table that come from the file."""
        return self.columns_by_table[table]

    def rules_hash(self, contract: str, reporter_code: str, period: str) -> str:
        """Hash the rules that deliveries of a contract, reporter and period are read by (16 hex digits).

        It changes when the code that reads, this contract, its table, an alias, a division, a reporter or a
        correction of these deliveries does, and not with prose. contract: empty for a file in which no form
        was found; then any contract counts.
        """
        parts = [hash_of_readers(), self._shared_hash]
        for name, terms in self._terms_read_by.items():
            if contract in ("", name):
                parts += terms
        if contract in self.contracts:
            corrections = self.corrections_of(self.contracts[contract].table, reporter_code, period)
            parts += [correction.effect for correction in corrections]
        return sha256("\n".join(parts).encode()).hexdigest()[:16]

    def _named_as_place(self, text: str, reporter: Reporter) -> bool:
        return reporter.kind in ("township", "subdistrict") and self.places.is_named_in(
            text, reporter.division_code
        )

    @cached_property
    def columns_by_table(self) -> dict[str, list[Column]]:
        """The columns that come from a file, by staged table."""
        return {
            name: [column for column in columns(model) if column.name not in _LINEAGE]
            for name, model in self.tables.items()
        }

    @cached_property
    def _terms_read_by(self) -> dict[str, list[str]]:
        """What of each contract and of its table deliveries are read by, sorted by name."""
        return {
            name: [terms.model_dump_json(exclude=_NOT_READ_BY), hash_of_table(self.tables[terms.table])]
            for name, terms in sorted(self.contracts.items())
        }

    @cached_property
    def _shared_hash(self) -> str:
        lists = sorted((self.folder / "divisions").glob("*.csv"))
        shared = [self.folder / "reporters.csv", self.folder / "aliases.csv", *lists]
        return sha256(b"".join(path.read_bytes() for path in shared)).hexdigest()


def read_references(folder: Path) -> References:
    """Read a county's folder: `county.toml`, reporters, divisions, aliases, and contracts beside the stock's.

    Every file of it is held against the others first. Read again only where one of its files has changed. Raises
    NoCounty, SettingsRefused, ContractError, BoundaryError, or the ListError of a list.
    """
    if not (folder / COUNTY).exists():
        raise NoCounty(
            f"没有区县资料 {folder / COUNTY}；数据在别处的，请设 XIANGCANG_HOME；新的区县请执行 xiangcang county new，"
            "已有的请从备份恢复该文件夹"
        )
    return _read(folder, hash_of_county(folder))


def hash_of_county(folder: Path) -> str:
    """Hash the files of a county's folder, by name and content (SHA-256)."""
    digest = sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(
            f"{path.relative_to(folder).as_posix()} {sha256(path.read_bytes()).hexdigest()}\n".encode()
        )
    return digest.hexdigest()


@lru_cache(maxsize=8)
def _read(folder: Path, county_hash: str) -> References:
    county = read_county_terms(folder)
    divisions = read_divisions(folder / "divisions")
    reporters = reporters_of(read_reporters(folder / "reporters.csv", divisions))
    contracts = read_county_contracts(folder / "contracts")
    catalogue = read_county_catalogue(folder, county, contracts, county_hash)
    references = References(
        county=county,
        contracts={
            name: contract
            for name, contract in contracts.contracts.items()
            if any(contract.expects(r.kind, r.code) for r in reporters)
        },
        catalogue=catalogue,
        places=read_places(folder, divisions),
        reporters=reporters,
        folder=folder,
    )
    check_contracts(contracts.contracts, contracts.files, references.columns_by_table, reporters)
    _check_lists_of_the_build(references, divisions)
    return replace(
        references,
        targets=read_targets(folder / TARGETS, catalogue, divisions),
        tiles=read_tiles(folder / TILES, divisions),
        boundaries=read_boundaries(folder / BOUNDARIES, divisions),
    )


def _check_lists_of_the_build(references: References, divisions: pl.DataFrame) -> None:
    """Read what only the build uses, so that a fault in it stops a load before it begins."""
    folder = references.folder
    check_county(county_file(folder), references.county, references.catalogue, divisions)
    read_crosswalk(folder / "divisions", divisions)
    read_plausible_bands(folder / BANDS, references.catalogue)
