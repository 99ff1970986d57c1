"""The graph as operators know it: names that must not change unseen, and when things run."""

import re
import shutil
from pathlib import Path

import dagster as dg
import pytest

from pipelines.assets.tables import key_of_table
from pipelines.definitions import definitions, defs
from schemas.field import columns
from schemas.validate import ValidationDisarmed
from sources.source_tables import reference_frames
from tests.district import BUILT, CATALOGUE, COUNTY, REFERENCES, STAGED
from warehouse.build.order import model_names
from warehouse.checks.table_checks import all_checks

LAYERS = {
    "staging": """
        agri_output agri_processing bus_vehicle certified_product credit_application dispatched_cadre
        fiscal_fund grid grid_issue grid_person income_survey infrastructure_project insurance_policy
        leadership_pairing leading_group living_environment loan_note loan_transaction member_points
        monitored_household party_org policy_document rural_tourism satisfaction_survey scheme
        secretary_rating village_class village_credit village_profile village_project weak_party_org
        work_supervision
    """,
    "form": """
        agri_output agri_processing bus_vehicle certified_product credit_application dispatched_cadre
        fiscal_fund grid grid_issue grid_person income_survey infrastructure_project insurance_policy
        leadership_pairing leading_group living_environment loan_note loan_transaction member_points
        monitored_household party_org policy_document rural_tourism satisfaction_survey scheme
        secretary_rating village_class village_credit village_profile village_project weak_party_org
        work_supervision
    """,
    "quality": "completeness failing reconciliation score",
    "dim": """
        date delivery_pair delivery_period division division_alias division_basis division_crosswalk enterprise household
        indicator indicator_form institution national_indicator party_org period reporter
    """,
    "fact": """
        agri_output agri_processing bus_vehicle certified_product credit_application dispatched_cadre
        fiscal_fund grid grid_issue grid_person income_survey infrastructure_project insurance_policy
        leadership_pairing leading_group living_environment loan_balance loan_disbursement member_points
        monitored_household party_org policy_document rural_tourism satisfaction_survey scheme
        secretary_rating village_class village_credit village_profile village_project weak_party_org
        work_supervision
    """,
    "mart": """
        agri_processing delivered_place figure figure_amount figure_cell figure_completeness figure_coverage
        figure_distinct_count figure_doubt figure_row figure_series figure_value
        loan_disbursement reporting_rate township_scorecard
        village_overview
    """,
    "dq": """
        answer build_step check_result control_total correction delivery doubt expected_delivery field_place finding
        missing_unit outlier outlier_candidate printed_rule printed_rule_violation quality_score rejected_row settled_period
        warehouse_info watched_change watched_delivery watched_level watched_peer watched_series watched_value
    """,
}
"""What each layer has, written down so that a renamed asset is seen: its history in the UI would end."""

WRITTEN = {
    "intake",
    "bulletin",
    "load",
    *(f"{layer}/{name}" for layer, names in LAYERS.items() for name in names.split()),
}

ASSETS = sorted(
    WRITTEN
    | {f"{layer}/{table}" for layer in ("form", "staging") for table in STAGED}
    | {key_of_table(table).to_user_string() for table in BUILT if table.startswith("fact_")}
)
"""What is written down, and what further forms add."""

CHECKS = all_checks(CATALOGUE, reference_frames(REFERENCES)["ref_plausible_band"])

CHECKS_OF_STAGED_AGRI_PROCESSING = {
    "cells_readable",
    "required_filled",
    "values_in_domain",
    "rows_visible",
    "key__duplicate",
    "credit_code__check_character",
    "enterprise_name__no_personal_number",
    "row__sales_near_output",
}

CHECKS_OF_LOAN_BALANCE = {
    "fact_loan_balance__key",
    "references",
    "fact_loan_balance_conserved",
}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> dg.Definitions:
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(COUNTY, home / "county")
    return definitions(home)


def specs(graph: dg.Definitions) -> dict[str, dg.AssetSpec]:
    return {spec.key.to_user_string(): spec for spec in graph.resolve_all_asset_specs()}


def checks(graph: dg.Definitions, asset: str) -> dict[str, dg.AssetCheckSpec]:
    keys = graph.resolve_asset_graph().asset_check_keys
    specs_by_name = {}
    for key in keys:
        if key.asset_key.to_user_string() == asset:
            spec = graph.resolve_asset_graph().get_check_spec(key)
            specs_by_name[spec.name] = spec
    return specs_by_name


def upstream(graph: dg.Definitions, asset: str) -> set[str]:
    return {dep.asset_key.to_user_string() for dep in specs(graph)[asset].deps}


def test_the_definitions_are_loadable(graph: dg.Definitions) -> None:
    dg.Definitions.validate_loadable(graph)


def test_the_asset_keys(graph: dg.Definitions) -> None:
    assert specs(graph).keys() >= WRITTEN
    assert sorted(specs(graph)) == ASSETS


def test_the_staging_assets_follow_intake_and_their_forms(graph: dg.Definitions) -> None:
    assert {name: upstream(graph, name) for name in ASSETS if name.startswith("staging/")} == {
        f"staging/{table}": {"intake", f"form/{table}"} for table in STAGED
    }


def test_forms_are_made_by_others(graph: dg.Definitions) -> None:
    made = {key.to_user_string() for key in graph.resolve_asset_graph().executable_asset_keys}
    assert made == {asset for asset in ASSETS if not asset.startswith("form/")}


@pytest.mark.parametrize(
    ("asset", "expected"),
    [
        ("fact/agri_processing", {"staging/agri_processing", "dim/division"}),
        ("dq/delivery", {"intake"}),
        ("dq/rejected_row", {"intake"}),
        ("quality/completeness", {"dq/expected_delivery"}),
        ("quality/reconciliation", {"dq/control_total", "dq/printed_rule", "dq/finding"}),
        ("quality/score", {"dq/quality_score"}),
    ],
)
def test_a_model_follows_what_its_sql_reads(graph: dg.Definitions, asset: str, expected: set[str]) -> None:
    assert expected <= upstream(graph, asset)


def test_no_table_can_be_built_alone(graph: dg.Definitions) -> None:
    asset_graph = graph.resolve_asset_graph()
    together = {key_of_table(model) for model in model_names(CATALOGUE)}
    for key in together:
        node = asset_graph.get(key)
        assert {k for k in node.execution_set_entity_keys if isinstance(k, dg.AssetKey)} == together


def test_row_rules_are_checks_of_their_staging_asset(graph: dg.Definitions) -> None:
    assert set(checks(graph, "staging/agri_processing")) == CHECKS_OF_STAGED_AGRI_PROCESSING


def test_there_are_about_five_hundred_checks(graph: dg.Definitions) -> None:
    """Twice as many rules: those that ask the same of a table's fields are one check."""
    assert 500 <= len(graph.resolve_asset_graph().asset_check_keys) <= 560


def test_every_table_rule_is_a_check_of_its_table(graph: dg.Definitions) -> None:
    assert set(checks(graph, "fact/loan_balance")) >= CHECKS_OF_LOAN_BALANCE
    named = {(key_of_table(c.table).to_user_string(), c.merged_into or c.name) for c in CHECKS}
    assert {(a, name) for a in ASSETS if "staging" not in a for name in checks(graph, a)} == named


def test_a_check_that_stops_the_publish_is_blocking_in_dagster_too(graph: dg.Definitions) -> None:
    blocking = {(check.table, check.merged_into or check.name): check.blocking for check in CHECKS}
    tables = {key_of_table(table).to_user_string(): table for table, _ in blocking}
    for asset in ASSETS:
        for name, spec in checks(graph, asset).items():
            assert spec.blocking == blocking.get((tables.get(asset, ""), name), False), f"{asset}: {name}"


def test_check_names_hold_no_numbers_that_could_be_thresholds(graph: dg.Definitions) -> None:
    names = {key.name for key in graph.resolve_asset_graph().asset_check_keys}
    assert len(names) > 100
    assert [name for name in names if any(character.isdigit() for character in name)] == []


@pytest.mark.parametrize("asset", ASSETS)
def test_every_asset_says_in_chinese_what_it_is_and_whose(graph: dg.Definitions, asset: str) -> None:
    spec = specs(graph)[asset]
    assert spec.description is not None
    assert any("\u4e00" <= character <= "\u9fff" for character in spec.description)
    assert spec.owners == ["team:数据管理员"]
    layer = asset.split("/")[0]
    assert len(spec.kinds) <= 3  # more, Dagster refuses
    assert layer in spec.kinds or layer in ("intake", "bulletin", "load", "quality")


@pytest.mark.parametrize(
    ("group", "assets"),
    [
        (
            "agriculture",
            "form/agri_processing staging/agri_processing fact/agri_processing mart/agri_processing",
        ),
        ("party", "form/grid staging/grid fact/grid fact/grid_person"),
        ("construction", "staging/village_profile fact/village_profile"),
        (
            "income_finance",
            "staging/loan_note staging/loan_transaction fact/loan_balance mart/loan_disbursement",
        ),
        ("dimensions", "dim/division dim/enterprise"),
        ("quality", "dq/finding quality/failing"),
        ("publishing", "mart/figure mart/village_overview bulletin load"),
        ("intake", "intake"),
    ],
)
def test_a_group_is_a_subject_from_delivery_to_mart(graph: dg.Definitions, group: str, assets: str) -> None:
    assert {specs(graph)[asset].group_name for asset in assets.split()} == {group}


@pytest.mark.parametrize(
    ("asset", "model"),
    [(f"staging/{table}", model) for table, model in STAGED.items()]
    + [(key_of_table(table).to_user_string(), model) for table, model in BUILT.items()],
)
def test_every_table_shows_its_columns(graph: dg.Definitions, asset: str, model: type) -> None:
    schema = specs(graph)[asset].metadata["dagster/column_schema"]
    assert [(c.name, c.type) for c in schema.columns] == [(c.name, c.sql_type) for c in columns(model)]
    assert all(column.description for column in schema.columns)


@pytest.mark.parametrize("asset", ["mart/figure", "bulletin"])
def test_figures_lead_to_the_forms_they_are_made_from_and_to_their_quality(
    graph: dg.Definitions, asset: str
) -> None:
    links = specs(graph)[asset].metadata

    assert links["农产品加工企业统计表"] == dg.MetadataValue.asset(dg.AssetKey(["form", "agri_processing"]))
    assert links["涉农贷款登记簿、存量个人贷款信息、贷款台账"].value == dg.AssetKey(["form", "loan_note"])
    assert links["quality"] == dg.MetadataValue.url("http://127.0.0.1:3001/%E8%B4%A8%E9%87%8F.html")


@pytest.mark.parametrize("asset", [asset for asset in ASSETS if asset.startswith("quality/")])
def test_what_tells_the_quality_leads_to_its_page(graph: dg.Definitions, asset: str) -> None:
    assert specs(graph)[asset].metadata["quality"].url.endswith("/%E8%B4%A8%E9%87%8F.html")


@pytest.mark.parametrize("table", STAGED)
def test_a_form_says_who_reports_by_when_and_what_it_holds(graph: dg.Definitions, table: str) -> None:
    spec = specs(graph)[f"form/{table}"]

    assert re.search("：.+，每[月季年]报送，期末后 [0-9]+ 日内", str(spec.description))
    assert f"{table}." in spec.metadata["contracts"]
    assert re.search("%E5%AD%97%E5%85%B8.html#fact_[a-z_]+$", spec.metadata["fields"].url)
    assert isinstance(spec.freshness_policy, dg.FreshnessPolicy)


def test_the_nightly_schedule(graph: dg.Definitions) -> None:
    schedule = graph.resolve_schedule_def("nightly")
    assert (schedule.cron_schedule, schedule.execution_timezone) == ("30 1 * * *", "Asia/Shanghai")
    assert schedule.default_status == dg.DefaultScheduleStatus.RUNNING
    assert schedule.job_name == "nightly"


def test_nightly_is_everything_and_receive_publishes_nothing(graph: dg.Definitions) -> None:
    def keys(job: str) -> set[str]:
        layer = graph.resolve_job_def(job).asset_layer
        return {key.to_user_string() for key in layer.executable_asset_keys}

    assert keys("nightly") == {asset for asset in ASSETS if not asset.startswith("form/")}
    assert keys("receive") == {"intake", "load", *(f"staging/{table}" for table in STAGED)}


def test_steps_run_in_one_process(graph: dg.Definitions) -> None:
    assert graph.executor is dg.in_process_executor


@pytest.mark.parametrize("variable", ["PANDERA_VALIDATION_ENABLED", "PANDERA_VALIDATION_DEPTH"])
def test_weakened_checks_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv(variable, "False")
    with pytest.raises(ValidationDisarmed, match=variable):
        definitions(tmp_path)


def test_the_code_location_loads_without_dagster_home_and_says_what_to_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copytree(COUNTY, tmp_path / "county")
    monkeypatch.setenv("XIANGCANG_HOME", str(tmp_path))
    monkeypatch.delenv("DAGSTER_HOME")
    assert len(defs().resolve_all_asset_specs()) == len(ASSETS)
    assert f"DAGSTER_HOME={tmp_path / 'dagster'}" in caplog.text
