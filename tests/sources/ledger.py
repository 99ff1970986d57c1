"""Ledgers of a bank in a few lines, for tests of text files."""

BANK = "大同农商行云冈支行"
HEADER = (
    "数据日期,借据号,客户名称,证件号码,借款人类型,所属乡镇,行政村,发放金额,贷款余额,年利率,"
    "发放日期,到期日期,五级分类,发放类型"
)


def line(number: int, amount: str = "100", **changes: str) -> str:
    """A line of the ledger; changes: fields by their short names."""
    row = {
        "day": "2022-12-31", "note": f"JJ{number:04}", "name": "甄隐士", "id": "11010519491231002X", "type": "农户",
        "town": "口泉乡", "village": "杨家窑村", "amount": amount, "balance": "50", "rate": "4.35",
        "grant": "2022-03-01", "due": "2023-03-01", "class": "正常", "kind": "新增",
    } | changes  # fmt: skip
    return ",".join(row.values())


def trailer(rows: int, amount: int) -> str:
    """The last line."""
    return f"合计笔数,{rows},发放金额合计,{amount}"


def ledger(*lines: str, encoding: str = "gb18030") -> bytes:
    """A whole file: header, lines of 100 yuan each, trailer."""
    whole = [HEADER, *lines, trailer(len(lines), 100 * len(lines)), ""]
    return "\r\n".join(whole).encode(encoding)


def stock_line(number: int, **changes: str) -> str:
    """A line of the `|`-separated list of loans in stock; changes: fields by their short names."""
    row = {
        "day": "20221231", "org": "91999214MAXD3FKRQ4", "num": "0140214001", "area": "140214", "id_type": "B01",
        "id": "11010519491231002X", "region": "140214", "note": f"PSBC{number:04}", "contract": f"HT{number:04}",
        "product": "F022", "grant": "2022-03-18", "due": "2023-03-18", "defer": "", "currency": "CNY",
        "balance": "100.00", "balance_rmb": "100.00", "rate_type": "RF01", "rate": "4.3500", "bench": "TR01",
        "base": "3.85", "support": "A0101", "reprice": "", "guarantee": "D", "first": "0", "class": "FQ01",
        "status": "LS01", "od": "", "use": "种植",
    } | changes  # fmt: skip
    return "|".join(row.values())


def stock(rows: int) -> bytes:
    """A whole file of loans in stock."""
    return "".join(stock_line(number) + "\r\n" for number in range(1, rows + 1)).encode("gb18030")


def flow_line(number: int, **changes: str) -> str:
    """A line of the `|`-separated list of grants and recoveries; changes: fields by their short names."""
    row = {
        "day": "20221231", "org": "91999214MAXD3FKRQ4", "num": "0140214001", "area": "140214", "id_type": "B01",
        "id": "11010519491231002X", "region": "140214", "note": f"PSBC{number:04}", "contract": f"HT{number:04}",
        "product": "F022", "grant": "2022-12-18", "due": "2023-12-18", "ended": "", "currency": "CNY",
        "amount": "100.00", "amount_rmb": "100.00", "rate_type": "RF01", "rate": "4.3500", "bench": "TR01",
        "base": "3.85", "support": "A0101", "reprice": "", "guarantee": "D", "first": "0", "product_code": "",
        "restructured": "", "kind": "1", "serial": f"S{number:04}", "use": "种植",
    } | changes  # fmt: skip
    return "|".join(row.values())


STOCK_BANK = "邮政储蓄银行云冈区支行"
