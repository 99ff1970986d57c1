"""Labels that forms print around and beside their figures: totals, comparisons, footers, lines over the table."""

import re

from sources.text.squeeze import squeeze

REPORTER = (
    "填报单位", "综合机关名称", "报送单位", "填报乡镇", "编报单位", "填表单位", "报表单位", "填报机构", "单位名称",
)  # fmt: skip
PERIOD = ("报告期", "年度", "报告期别", "统计年度", "所属期", "统计时间", "数据日期", "报表日期", "填报期")
UNIT = ("计量单位", "单位", "金额单位", "货币单位", "计算单位")
PLACE = ("行政村名称", "行政村", "村名", "村名称", "所在村")

_FOOTER = re.compile(
    r"单位负责人|负责人:|填表人|填报人|制表人?[:]|审核人?:|复核人?:|经办人|统计负责人|报出日期|报送时间|填报日期|填报时间|填表日期"
    r"|(?:填表)?说明|注[:：\d]|附注|附报|备注:|补充资料|(?:本表)?(?:平衡|审核|逻辑|勾稽)关系|联系电话|资料来源|数据来源|第\d+页|共\d+页|[-—]\d+[-—]$"
)
_SUM = re.compile(
    r"(?:[^\d]{0,8})(?:合计|总计|小计|共计)(?:\(.{1,4}\))?|全[省市县区乡镇村](?:平均)?|汇总|累计|全体"
)
_MEMO = re.compile(
    r"(?:上年|去年|上年同期|去年同期|上年数|上期|同期|上月|上季|其中:?.*|"
    r"(?:比|较)(?:上年|去年|同期|上月|上季|上期).*|增减.*|增长.*|增幅.*|增速.*|同比.*|环比.*|[±+]%?)"
)
_CHANGE = re.compile(
    r"(?:本?[年月季期]?(?:比|较)(?:上|去)(?:年|月|季|期)(?:同[期月季])?)?(?:末|底)?[(]?"
    r"(?:增减|增长|增幅|增速|升降|±|\+-|同比|环比|较同期|比同期|比上年|较上年|比去年|较去年).{0,10}"
)
_PRIOR = re.compile(
    r"(?:上年|去年|上期|上月|上季|前一?年)(?:同[期月季])?(?:末|底)?(?:数|实绩|实际|累计|完成)?"
)
_SERIAL = re.compile(r"序号|序|项次|行次|行号|NO\.?|No\.?|№")
_ROW_CODE = re.compile(r"编号|编码|代码|行次|行号|序号|序|栏次")
_REMARK = re.compile(r"备注|说明|备考|附注")
_LINE_LABEL = re.compile(
    r"表号|制表机关|制定机关|批准文号|批准机关|备案文号|有效期|计量单位|单位|报告期|填报|综合机关|报送|年度|编报|组织机构代码|附件\d*"
)


def is_footer(text: str) -> bool:
    """Tell whether a squeezed text is one that stands below a table."""
    return _FOOTER.match(text) is not None


def is_sum(text: str) -> bool:
    """Tell whether a squeezed text labels a row or a column of sums."""
    return _SUM.fullmatch(text) is not None


def is_memo(text: str) -> bool:
    """Tell whether a squeezed text labels a row that is held against another period, or is part of the row above."""
    return _MEMO.fullmatch(text) is not None


def is_change(text: str) -> bool:
    """Tell whether a heading names a change on another period."""
    return _CHANGE.fullmatch(text) is not None


def is_prior(text: str) -> bool:
    """Tell whether a heading names figures of the period before."""
    return _PRIOR.fullmatch(text) is not None


def is_serial(text: str) -> bool:
    """Tell whether a heading is that of row numbers."""
    return _SERIAL.fullmatch(text) is not None


def is_row_code(text: str) -> bool:
    """Tell whether a heading beside names of rows is that of their numbers."""
    return _ROW_CODE.fullmatch(text) is not None


def is_remark(text: str) -> bool:
    """Tell whether a heading is that of free words."""
    return _REMARK.fullmatch(text) is not None


def is_stated(text: str) -> bool:
    """Tell whether a squeezed text states something over a table (`填报单位:高山镇`), and is no heading."""
    bare = re.sub(r"其中:|附报:.*|\([^)]*\)", "", text)
    return ":" in bare or bool(_LINE_LABEL.match(text) and re.search(r"[:\d]|表$", bare))


def label_of(text: str, labels: tuple[str, ...]) -> str | None:
    """Return which of some labels a text states something after; None for none."""
    squeezed = squeeze(text)
    for label in sorted(labels, key=len, reverse=True):
        if re.search(rf"(?<![\u4e00-\u9fff]){label}(?:\([^)]*\))?:", squeezed):
            return label
    return None
