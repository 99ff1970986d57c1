"""Personal columns: names of persons, telephones, identity numbers, accounts, addresses of persons, with the reason."""

import re

from sources.drafting.columns import PrintedColumn

_HEADINGS = {
    "个人姓名，不入库": r"姓名|户主(?!姓?名?数)|负责人|联系人|责任人|经办人|填[表报]人|法人(?:代表)?(?!单位|数)|法定代表人|"
    r"(?:书记|主任|村长|组长|队长|会计|文书|网格员|帮扶人|包[保联]人|驻村干部)(?:姓?名)?$|"
    r"(?:客户|借款人|担保人|被保险人|投保人|受益人|党员|干部|成员|领导)(?:姓?名称?)$",
    "证件号码，不入库": r"身份证|证件号|公民身份号码|护照|残疾证号|社保卡?号|学籍号",
    "个人电话，不入库": r"电话|手机|联系方式|传真",
    "账号，不入库": r"账号|帐号|卡号|银行卡|存折|一卡通|开户",
    "个人住址，不入库": r"家庭(?:住|地)址|住址|居住地址|户籍地址|门牌|通讯地址|现住(?:地|址)",
    "个人出生日期，不入库": r"出生(?:日期|年月)|生日",
    "电子邮箱，不入库": r"邮箱|[eE]-?mail|微信|QQ",
}
"""Patterns of headings, by why a column under them is not read."""

_COUNTS = re.compile(
    r"(?:数|人数|户数|量|率|额|面积|比重|情况|费|元|次数)$|是否|有无|开通|安装|普及|部数|用户"
)
_IDENTITY = re.compile(r"\d{17}[\dXx]|\d{15}")
_TELEPHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")
_ACCOUNT = re.compile(r"\d{16}|\d{18,19}")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范"
    "汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文樊庞殷施洪翟安颜倪牛温芦季俞"
    "章鲁葛伍韦申尤毕聂焦左柳岳齐沿梅庄辛管祝涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包"
    "司柏宁柯阮桂闵解强柴华车冉房边"
)
_NOT_NAMES = re.compile(
    r".*[村镇乡组社庄屯沟庙堡寨营湾岭坪街路市县区州省园场站厂店类级型业品种树果菜粮猪牛羊鱼房屋]$"
)
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")


def reason_to_ignore(column: PrintedColumn) -> tuple[str, bool] | None:
    """Return why a column is personal, and whether that is certain; None where it is not.

    By its headings; else by what most of its cells look like.
    """
    leaf = column.leaf
    if not _COUNTS.search(leaf):
        for reason, pattern in _HEADINGS.items():
            if re.search(pattern, leaf) and column.unit is None:
                return reason, True
    texts = [text for text, _ in column.filled]
    if not texts:
        return None
    for reason, shape in (
        ("证件号码，不入库", _IDENTITY),
        ("个人电话，不入库", _TELEPHONE),
        ("账号，不入库", _ACCOUNT),
    ):
        if 2 * sum(shape.fullmatch(text) is not None for text in texts) > len(texts):
            return reason, False
    names = [text for text in texts if _is_name(text)]
    if len(texts) > 2 and 10 * len(names) >= 7 * len(texts) and not re.search("[村镇乡街社区地县市]", leaf):
        return "疑为个人姓名，不入库", False
    return None


def _is_name(text: str) -> bool:
    return (
        bool(_NAME.fullmatch(text)) and text[0] in _SURNAMES and len(text) < 4 and not _NOT_NAMES.match(text)
    )
