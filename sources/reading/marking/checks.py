"""Checks of cells and protection that a marked copy keeps of a blank form: without formulas, and in our own words."""

import re
from collections.abc import Collection

from openpyxl.worksheet.datavalidation import DataValidation, DataValidationList
from openpyxl.worksheet.protection import SheetProtection
from openpyxl.worksheet.worksheet import Worksheet

_BOUND = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_LIST = re.compile(r"'?(?P<sheet>[^'!]+)'?!\$[A-Z]{1,3}\$[0-9]+:\$[A-Z]{1,3}\$[0-9]+")
_BOUNDED = ("whole", "decimal", "date", "textLength")


def keep_checks(sheet: Worksheet, bare: Worksheet, own: Collection[str]) -> None:
    """Put what is kept of a sheet's checks and protection into a bare one, from which the sheet takes them over."""
    kept = [_copy(check) for check in sheet.data_validations.dataValidation if _is_plain(check, own)]
    bare.data_validations = DataValidationList(dataValidation=kept)
    if sheet.protection.sheet:
        bare.protection = SheetProtection(sheet=True, formatColumns=False, formatRows=False, insertRows=False)


def _is_plain(check: DataValidation, own: Collection[str]) -> bool:
    """Whether a check has nothing but bounds, or a range of a sheet of ours to choose from."""
    formulas = [text for text in (check.formula1, check.formula2) if text is not None]
    if check.type == "list":
        match = _LIST.fullmatch(formulas[0].lstrip("=")) if len(formulas) == 1 else None
        return match is not None and match["sheet"] in own
    return check.type in _BOUNDED and all(_BOUND.fullmatch(text) for text in formulas)


def _copy(check: DataValidation) -> DataValidation:
    return DataValidation(
        type=check.type,
        operator=check.operator,
        formula1=check.formula1,
        formula2=check.formula2,
        sqref=check.sqref,
        errorStyle=check.errorStyle if check.errorStyle == "warning" else None,
        showErrorMessage=True,
        errorTitle="请核对",
        error="不是这一栏规定的内容；请看“填表说明”",
    )
