"""Rejected deliveries that are still to be sent again: which of them a later delivery answers, and which it may."""

from dataclasses import dataclass, field

from sources.home.receipts import Receipt

_OTHER_REPORTER = frozenset({"delivery__reporter_mismatch", "delivery__reporter_not_expected"})
"""Rules by which a rejected delivery may be another reporter's."""

Link = tuple[str, str]
"""What two deliveries may have in common, and which."""


@dataclass
class Resends:
    """What is left of the rejected deliveries, by id, as of the last delivery that was added.

    awaited: nothing later answers them. uncertain: what form, period or reporter they are of could not be read, and
    their sender (or who the form is of) has sent something since that may answer them; only a person can tell.
    """

    awaited: dict[str, Receipt] = field(default_factory=dict)
    uncertain: dict[str, Receipt] = field(default_factory=dict)
    _by_link: dict[Link, dict[str, Receipt]] = field(default_factory=dict)

    def add(self, later: Receipt) -> None:
        """Add the next delivery, in the order of arrival; what the program failed on is read again without being sent."""
        for rejected in self._linked(later):
            if later.arrival_id == rejected.arrival_id or _are_of_two_forms(later, rejected):
                continue
            if _answers(later, rejected):
                self.awaited.pop(rejected.delivery_id, None)
                self.uncertain.pop(rejected.delivery_id, None)
                for link in _links(rejected):
                    del self._by_link[link][rejected.delivery_id]
            elif _may_answer(later, rejected):
                self.awaited.pop(rejected.delivery_id, None)
                self.uncertain[rejected.delivery_id] = rejected
        if later.outcome == "rejected" and not later.is_internal_error:
            self.awaited[later.delivery_id] = later
            for link in _links(later):
                self._by_link.setdefault(link, {})[later.delivery_id] = later

    def _linked(self, later: Receipt) -> list[Receipt]:
        """Find those that a delivery has anything in common with: after years there are hundreds."""
        links = {*_links(later), ("reporter", later.reporter_code), ("disputed", "")}
        return list({id_: r for link in links for id_, r in self._by_link.get(link, {}).items()}.values())


def _links(receipt: Receipt) -> set[Link]:
    """Say by what a later delivery may be found to answer a rejected one: file, place, key, reporter or dispute."""
    links = {("file", receipt.file.sha256), ("place", "/".join(_place_of(receipt)))}
    keys = _possible_keys(receipt)
    links |= {("key", "/".join(key)) for key in keys}
    if not keys:
        links.add(("reporter", receipt.reporter_code))
    if _is_disputed(receipt):
        links.add(("disputed", ""))
    return links


def _are_of_two_forms(later: Receipt, rejected: Receipt) -> bool:
    return bool(later.table and rejected.table) and later.table != rejected.table


def _answers(later: Receipt, rejected: Receipt) -> bool:
    """Whether a delivery is what a rejected one should have been: of the same key, or the same file.

    A later attempt that is rejected too takes the place of the earlier one.
    """
    if later.outcome != "rejected" and rejected.deliveries_in_file == 1 and _is_same_file(later, rejected):
        return True
    keys, later_keys = _possible_keys(rejected), _possible_keys(later)
    if keys and later_keys:
        return later_keys <= keys
    return later.outcome == "rejected" and _place_of(later) == _place_of(rejected)


def _may_answer(later: Receipt, rejected: Receipt) -> bool:
    """Whether a delivery that was not rejected may be one of which not all could be read."""
    if later.outcome == "rejected":
        return False
    if _is_disputed(rejected):
        return later.period in rejected.possible_periods
    return not _possible_keys(rejected) and later.reporter_code == rejected.reporter_code


def _is_disputed(rejected: Receipt) -> bool:
    return any(reason.rule in _OTHER_REPORTER for reason in rejected.reasons)


def _possible_keys(receipt: Receipt) -> set[tuple[str, str, str]]:
    """Return table and reporter with each period that it may be of; none where form or period is unknown."""
    if not receipt.table:
        return set()
    return {(receipt.table, receipt.reporter_code, period) for period in receipt.possible_periods}


def _is_same_file(later: Receipt, rejected: Receipt) -> bool:
    return later.file.sha256 == rejected.file.sha256


def _place_of(receipt: Receipt) -> tuple[str, str]:
    return receipt.file.folder, receipt.file.name
