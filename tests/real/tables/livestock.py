"""The rural yearbook on livestock."""

import polars as pl

from tests.real.tables.place import Amount, Place, figure


class Livestock(Place):
    """主要畜牧业生产情况"""

    pigs_head: pl.Int64 = figure("猪存栏", "头")
    sows_head: pl.Int64 = figure("能繁殖母猪", "头")
    cattle_head: pl.Int64 = figure("牛存栏", "头")
    beef_cattle_head: pl.Int64 = figure("肉牛", "头")
    dairy_cattle_head: pl.Int64 = figure("奶牛", "头")
    draught_cattle_head: pl.Int64 = figure("役用牛", "头")
    sheep_head: pl.Int64 = figure("羊存栏", "只")
    goats_head: pl.Int64 = figure("山羊", "只")
    wool_sheep_head: pl.Int64 = figure("绵羊", "只")
    poultry_head: pl.Int64 = figure("活家禽存栏", "只")
    chickens_head: pl.Int64 = figure("活鸡", "只")
    broilers_head: pl.Int64 = figure("肉鸡", "只")
    layers_head: pl.Int64 = figure("蛋鸡", "只")
    ducks_head: pl.Int64 = figure("活鸭", "只")
    pigs_sold_head: pl.Int64 = figure("猪出栏", "头")
    cattle_sold_head: pl.Int64 = figure("牛出栏", "头")
    sheep_sold_head: pl.Int64 = figure("羊出栏", "只")
    goats_sold_head: pl.Int64 = figure("山羊出栏", "只")
    wool_sheep_sold_head: pl.Int64 = figure("绵羊出栏", "只")
    poultry_sold_head: pl.Int64 = figure("活家禽出栏", "只")
    chickens_sold_head: pl.Int64 = figure("活鸡出栏", "只")
    ducks_sold_head: pl.Int64 = figure("活鸭出栏", "只")
    pork_tonnes: Amount = figure("猪肉", "吨")
    beef_tonnes: Amount = figure("牛肉", "吨")
    mutton_tonnes: Amount = figure("羊肉", "吨")
    goat_meat_tonnes: Amount = figure("山羊肉", "吨")
    lamb_tonnes: Amount = figure("绵羊肉", "吨")
    poultry_meat_tonnes: Amount = figure("禽肉", "吨")
    chicken_meat_tonnes: Amount = figure("鸡肉", "吨")
    eggs_tonnes: Amount = figure("禽蛋", "吨")
    hen_eggs_tonnes: Amount = figure("鸡蛋", "吨")
    milk_tonnes: Amount = figure("生牛奶", "吨")


class OtherLivestock(Place):
    """其它畜牧业生产情况，只取两项"""

    horses_head: pl.Int64 = figure("马", "头")
    honey_tonnes: Amount = figure("天然蜂蜜产量", "吨")


class LargeFarms(Place):
    """畜禽规模养殖情况"""

    pig_farms: pl.Int64 = figure("生猪规模养殖户", "家")
    pigs_sold_head: pl.Int64 = figure("生猪出栏", "头")
    pigs_head: pl.Int64 = figure("生猪存栏", "头")
    sows_head: pl.Int64 = figure("能繁母猪存栏", "头")
    cattle_farms: pl.Int64 = figure("牛规模养殖户", "家")
    cattle_sold_head: pl.Int64 = figure("牛出栏", "头")
    cattle_head: pl.Int64 = figure("牛存栏", "头")
    cows_head: pl.Int64 = figure("能繁母牛", "头")
    sheep_farms: pl.Int64 = figure("羊规模养殖户", "家")
    sheep_sold_head: pl.Int64 = figure("羊出栏", "只")
    sheep_head: pl.Int64 = figure("羊存栏", "只")
    poultry_farms: pl.Int64 = figure("家禽规模养殖户", "家")
    poultry_sold_head: pl.Int64 = figure("家禽出笼", "只")
    chickens_sold_head: pl.Int64 = figure("鸡出笼", "只")
    poultry_head: pl.Int64 = figure("家禽存笼", "只")
    chickens_head: pl.Int64 = figure("鸡存笼", "只")
    eggs_tonnes: Amount = figure("禽蛋产量", "吨")
