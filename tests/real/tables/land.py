"""The rural yearbook on land, farm inputs, crops and forest products."""

import polars as pl

from tests.real.tables.place import Amount, Place, figure


class Cropland(Place):
    """农业生产条件（一）"""

    opening_mu: Amount = figure("年初耕地总资源", "亩")
    added_mu: Amount = figure("年内增加", "亩")
    reclaimed_mu: Amount = figure("新开荒地", "亩")
    from_garden_mu: Amount = figure("园地改为耕地", "亩")
    lost_mu: Amount = figure("年内减少", "亩")
    state_building_mu: Amount = figure("国家基建占地", "亩")
    other_building_mu: Amount = figure("其他基建占地", "亩")
    to_forest_mu: Amount = figure("退耕还林还草", "亩")
    to_fishery_mu: Amount = figure("退耕还渔", "亩")
    to_garden_mu: Amount = figure("退耕改园地", "亩")
    closing_mu: Amount = figure("年末实有耕地总资源", "亩")
    regular_mu: Amount = figure("常用耕地面积", "亩")
    paddy_mu: Amount = figure("水田", "亩")
    dry_mu: Amount = figure("旱地", "亩")
    irrigated_mu: Amount = figure("水浇地", "亩")
    temporary_mu: Amount = figure("临时性耕地", "亩")
    steep_mu: Amount = figure("25º以上坡耕地", "亩")


class FarmInputs(Place):
    """农业生产条件（二）"""

    hydro_stations: pl.Int64 = figure("乡、村办水电站数", "个")
    hydro_kilowatts: Amount = figure("装机容量", "千瓦")
    hydro_kilowatt_hours: Amount = figure("发电量", "千瓦时")
    rural_power_kilowatt_hours: Amount = figure("农村用电量", "千瓦时")
    fertilizer_tonnes: Amount = figure("农用化肥施用（实物）量", "吨")
    nitrogen_tonnes: Amount = figure("氮肥", "吨")
    phosphate_tonnes: Amount = figure("磷肥", "吨")
    potash_tonnes: Amount = figure("钾肥", "吨")
    compound_tonnes: Amount = figure("复合肥", "吨")
    film_tonnes: Amount = figure("农用簿膜使用量", "吨")
    mulch_tonnes: Amount = figure("地膜", "吨")
    mulched_mu: Amount = figure("地膜覆盖面积", "亩")
    diesel_tonnes: Amount = figure("农用柴油使用量", "吨")
    pesticide_tonnes: Amount = figure("农药使用量", "吨")
    irrigated_mu: Amount = figure("有效灌溉面积", "亩")
    stable_yield_mu: Amount = figure("旱涝保收面积", "亩")
    pumped_mu: Amount = figure("机电排灌面积", "亩")


class AutumnGrain(Place):
    """粮食作物生产情况（二）"""

    autumn_grain_mu: Amount = figure("秋收粮食面积", "亩")
    autumn_grain_yield_kg: Amount = figure("秋收粮食每亩单产", "公斤")
    autumn_grain_tonnes: Amount = figure("秋收粮食总产", "吨")
    rice_mu: Amount = figure("稻谷（中稻）面积", "亩")
    rice_yield_kg: Amount = figure("稻谷（中稻）每亩单产", "公斤")
    rice_tonnes: Amount = figure("稻谷（中稻）产量", "吨")
    maize_mu: Amount = figure("玉米面积", "亩")
    maize_yield_kg: Amount = figure("玉米每亩单产", "公斤")
    maize_tonnes: Amount = figure("玉米产量", "吨")
    hybrid_maize_mu: Amount = figure("杂交玉米面积", "亩")
    hybrid_maize_yield_kg: Amount = figure("杂交玉米每亩单产", "公斤")
    hybrid_maize_tonnes: Amount = figure("杂交玉米产量", "吨")
    millet_mu: Amount = figure("粟谷面积", "亩")
    millet_yield_kg: Amount = figure("粟谷每亩单产", "公斤")
    millet_tonnes: Amount = figure("粟谷产量", "吨")
    sorghum_mu: Amount = figure("高梁面积", "亩")
    sorghum_yield_kg: Amount = figure("高梁每亩单产", "公斤")
    sorghum_tonnes: Amount = figure("高梁产量", "吨")
    soybean_mu: Amount = figure("黄豆面积", "亩")
    soybean_yield_kg: Amount = figure("黄豆每亩单产", "公斤")
    soybean_tonnes: Amount = figure("黄豆产量", "吨")
    pulses_mu: Amount = figure("杂豆面积", "亩")
    pulses_yield_kg: Amount = figure("杂豆每亩单产", "公斤")
    pulses_tonnes: Amount = figure("杂豆产量", "吨")
    mung_bean_mu: Amount = figure("绿豆面积", "亩")
    mung_bean_yield_kg: Amount = figure("绿豆每亩单产", "公斤")
    mung_bean_tonnes: Amount = figure("绿豆产量", "吨")
    adzuki_bean_mu: Amount = figure("红小豆面积", "亩")
    adzuki_bean_yield_kg: Amount = figure("红小豆每亩单产", "公斤")
    adzuki_bean_tonnes: Amount = figure("红小豆产量", "吨")


class Herbs(Place):
    """经济作物生产情况（二）"""

    tobacco_mu: Amount = figure("烟叶类面积", "亩")
    tobacco_yield_kg: Amount = figure("烟叶类每亩单产", "公斤")
    tobacco_tonnes: Amount = figure("烟叶类总产", "吨")
    flue_cured_mu: Amount = figure("烤烟面积", "亩")
    flue_cured_yield_kg: Amount = figure("烤烟每亩单产", "公斤")
    flue_cured_tonnes: Amount = figure("烤烟总产", "吨")
    herbs_mu: Amount = figure("药材类面积", "亩")
    herbs_tonnes: Amount = figure("药材类总产", "吨")
    coptis_mu: Amount = figure("黄莲面积", "亩")
    coptis_kg: Amount = figure("黄莲产量", "公斤")
    bupleurum_mu: Amount = figure("柴胡面积", "亩")
    bupleurum_kg: Amount = figure("柴胡产量", "公斤")
    codonopsis_mu: Amount = figure("党参面积", "亩")
    codonopsis_kg: Amount = figure("党参产量", "公斤")
    gastrodia_mu: Amount = figure("天麻面积", "亩")
    gastrodia_kg: Amount = figure("天麻产量", "公斤")
    dioscorea_mu: Amount = figure("黄姜面积", "亩")
    dioscorea_kg: Amount = figure("黄姜产量", "公斤")


class ForestProducts(Place):
    """林业生产情况（三）"""

    timber_cubic_metres: Amount = figure("木材采伐", "立方米")
    village_timber_cubic_metres: Amount = figure("村及村以下木材采伐", "立方米")
    bamboo_stems: Amount = figure("竹材采伐", "根")
    village_bamboo_stems: Amount = figure("村及村以下竹材采伐", "根")
    nanmu_stems: Amount = figure("楠竹", "根")
    other_bamboo_stems: Amount = figure("杂竹", "根")
    walnut_tonnes: Amount = figure("核桃", "吨")
    chestnut_tonnes: Amount = figure("板栗", "吨")
    pine_nut_tonnes: Amount = figure("松子", "吨")
    pepper_tonnes: Amount = figure("花椒", "吨")
    anise_tonnes: Amount = figure("八角", "吨")
