"""The rural yearbook on villages, persons and labour."""

import polars as pl

from tests.real.tables.place import Amount, Place, figure


class Grassroots(Place):
    """农村基层组织及户数、人口、从业人员情况（一）"""

    townships: pl.Int64 = figure("乡镇政府", "个")
    townships_xiang: pl.Int64 = figure("乡政府", "个")
    townships_zhen: pl.Int64 = figure("镇政府", "个")
    offices: pl.Int64 = figure("办事处", "个")
    village_committees: pl.Int64 = figure("村民委员会", "个")
    village_groups: pl.Int64 = figure("村民小组", "个")
    tap_water_villages: pl.Int64 = figure("自来水受益村", "个")
    motor_road_villages: pl.Int64 = figure("通汽车村", "个")
    cable_tv_villages: pl.Int64 = figure("通有线电视村", "个")
    broadband_villages: pl.Int64 = figure("通宽带村", "个")
    rural_households: pl.Int64 = figure("乡村户数", "户")
    rural_persons: pl.Int64 = figure("乡村人口", "人")
    rural_male_persons: pl.Int64 = figure("乡村男性人口", "人")
    rural_female_persons: pl.Int64 = figure("乡村女性人口", "人")
    labour_persons: pl.Int64 = figure("乡村劳动力资源", "人")
    labour_male_persons: pl.Int64 = figure("男性劳动力资源", "人")
    labour_female_persons: pl.Int64 = figure("女性劳动力资源", "人")
    employed_persons: pl.Int64 = figure("乡村从业人员", "人")
    employed_male_persons: pl.Int64 = figure("男性从业人员", "人")
    male_farming_persons: pl.Int64 = figure("男性农业从业人员", "人")
    employed_female_persons: pl.Int64 = figure("女性从业人员", "人")
    female_farming_persons: pl.Int64 = figure("女性农业从业人员", "人")
    state_farm_persons: pl.Int64 = figure("国有农林牧渔场人口", "人")
    state_farm_employed_persons: pl.Int64 = figure("国有农林牧渔场从业人员", "人")
    state_farm_farming_persons: pl.Int64 = figure("国有农林牧渔场农业从业人员", "人")
    state_farm_other_persons: pl.Int64 = figure("国有农林牧渔场非农业从业人员", "人")
    cultivated_mu: Amount = figure("耕地", "亩")
    garden_mu: Amount = figure("园地", "亩")
    forest_mu: Amount = figure("林地", "亩")
    grass_mu: Amount = figure("草地", "亩")
    facility_mu: Amount = figure("农业设施用地", "亩")


class GrassrootsMore(Place):
    """农村基层组织及户数、人口、从业人员情况（二）"""

    storage_post_persons: pl.Int64 = figure("仓储及邮电通讯业从业人员", "人")
    information_persons: pl.Int64 = figure("信息传输业从业人员", "人")
    trade_persons: pl.Int64 = figure("批发零售贸易业从业人员", "人")
    catering_persons: pl.Int64 = figure("住宿和餐饮业从业人员", "人")
    other_nonfarm_persons: pl.Int64 = figure("其他非农行业从业人员", "人")
    farm_staff_persons: pl.Int64 = figure("农林牧渔场从业人员", "人")
    farm_staff_farming_persons: pl.Int64 = figure("农林牧渔场农业从业人员", "人")
    farm_staff_other_persons: pl.Int64 = figure("农林牧渔场非农业从业人员", "人")
    births_persons: pl.Int64 = figure("当年出生人口", "人")
    deaths_persons: pl.Int64 = figure("当年死亡人口", "人")
    birth_quota_persons: pl.Int64 = figure("计划生育指标数", "人")
    five_guarantees_households: pl.Int64 = figure("享受五保的户数", "户")
    five_guarantees_persons: pl.Int64 = figure("享受五保的人数", "人")
    uncovered_households: pl.Int64 = figure("应保未保户数", "户")
    uncovered_persons: pl.Int64 = figure("应保未保人口", "人")
    poor_persons: pl.Int64 = figure("当年贫困人口", "人")


class LabourTransfer(Place):
    """农村劳动力转移情况（表一）"""

    rural_persons: pl.Int64 = figure("农村人口", "人")
    rural_male_persons: pl.Int64 = figure("农村男性人口", "人")
    labour_persons: pl.Int64 = figure("农村劳动力资源", "人")
    employed_persons: pl.Int64 = figure("农村从业人数", "人")
    employed_at_home_persons: pl.Int64 = figure("在本乡镇从业人员", "人")
    farming_persons: pl.Int64 = figure("从事农林牧渔业人员", "人")
    industry_services_persons: pl.Int64 = figure("从事二、三产业人员", "人")
    away_persons: pl.Int64 = figure("外出从业人员", "人")
    away_male_persons: pl.Int64 = figure("外出从业男性", "人")
    primary_school_persons: pl.Int64 = figure("小学及以下", "人")
    middle_school_persons: pl.Int64 = figure("初中", "人")
    high_school_persons: pl.Int64 = figure("高中及以上", "人")
    under_20_persons: pl.Int64 = figure("20岁以下", "人")
    from_21_to_49_persons: pl.Int64 = figure("21岁至49岁", "人")
    over_50_persons: pl.Int64 = figure("50岁以上", "人")
    on_their_own_persons: pl.Int64 = figure("自发外出", "人")
    by_government_persons: pl.Int64 = figure("政府有关部门组织", "人")
    by_agency_persons: pl.Int64 = figure("中介组织介绍", "人")
    hired_persons: pl.Int64 = figure("企业招收", "人")
    up_to_3_months_persons: pl.Int64 = figure("1个月至3个月", "人")
    up_to_6_months_persons: pl.Int64 = figure("3个月至6个月", "人")
    over_6_months_persons: pl.Int64 = figure("6个月以上", "人")
    within_county_persons: pl.Int64 = figure("县内乡外", "人")
    within_province_persons: pl.Int64 = figure("省内县外", "人")
    other_provinces_persons: pl.Int64 = figure("省外", "人")
    hong_kong_macao_taiwan_persons: pl.Int64 = figure("港澳台", "人")
    abroad_persons: pl.Int64 = figure("境外", "人")
