"""The command line: usage, exit codes, and what goes to which stream."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.cli import main
from pipelines.state.lock import hold


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty home."""
    monkeypatch.setenv("XIANGCANG_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def at_sample(monkeypatch: pytest.MonkeyPatch, sample_home: Path) -> Path:
    monkeypatch.setenv("XIANGCANG_HOME", str(sample_home))
    return sample_home


@pytest.mark.parametrize(
    "arguments", [[], ["lod"], ["sql"], ["sql", "select 1", "--json", "--csv"], ["rollback"]]
)
def test_wrong_usage_is_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: xiangcang" in capsys.readouterr().err


def test_sql_answers_json(at_sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sql", "--json", "select count(*) as villages from mart_village_overview"]) == 0
    assert json.loads(capsys.readouterr().out) == [{"villages": 94}]


def test_sql_answers_csv(at_sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sql", "--csv", "select 1 as a, '乡' as b"]) == 0
    assert capsys.readouterr().out == "a,b\n1,乡\n"


def test_sql_answers_a_table(at_sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sql", "select 41 + 1 as answer, repeat('很长', 100) as long, '[A7] 单元格' as cell"]) == 0
    _, heading, _, row, _ = capsys.readouterr().out.splitlines()
    assert [word for word in heading.split() if word.isalpha()] == ["answer", "long", "cell"]
    assert "42" in row
    assert "很长" * 100 in row
    assert "[A7] 单元格" in row


@pytest.mark.parametrize("sql", ["selec", "create table t (i int)", "select * from read_csv('x.csv')"])
def test_sql_that_is_wrong_or_would_write_is_1(
    sql: str, at_sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sql", "--json", sql]) == 1
    printed = capsys.readouterr()
    assert printed.err == f"xiangcang: {json.loads(printed.out)['error']}\n"


def test_before_the_first_load_sql_says_what_to_do(at_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sql", "select 1"]) == 1
    assert "xiangcang load" in capsys.readouterr().err


def test_versions_marks_the_published_one(at_sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["versions"]) == 0
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "v000001" in line]
    assert "*" in line


def test_rollback_to_a_version_that_is_not_there_names_those_that_are(
    at_sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rollback", "v000009"]) == 1
    assert "v000001" in capsys.readouterr().err


def test_rollback_before_the_first_load(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XIANGCANG_HOME", str(tmp_path / "nowhere"))
    assert main(["rollback", "v000001"]) == 1
    assert "还没有发布过" in capsys.readouterr().err


def test_a_load_beside_another_is_3(
    at_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("pipelines.load.COMMAND_WAIT_SECONDS", 0.1)
    with hold(at_home, "another", wait_seconds=0):
        assert main(["load", "--json"]) == 3
    printed = capsys.readouterr()
    assert "另一次加载正在进行" in json.loads(printed.out)["error"]
    assert "另一次加载正在进行" in printed.err


def test_a_load_with_weakened_checks_is_refused(
    at_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PANDERA_VALIDATION_DEPTH", "SCHEMA_ONLY")
    assert main(["load"]) == 1
    assert "unset PANDERA_VALIDATION_DEPTH" in capsys.readouterr().err


@pytest.mark.parametrize("targets", ["not json", '{"no_such_figure": 1}', '{"villages_with_bus": 1000}'])
def test_a_sample_with_impossible_targets_is_refused(
    targets: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "targets.json"
    file.write_text(targets)
    assert main(["sample", str(tmp_path / "home"), "--targets", str(file)]) == 1
    assert "示例没有生成" in capsys.readouterr().err
    assert not (tmp_path / "home").exists()


def test_check_tells_of_a_good_file_and_keeps_nothing(
    at_sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "台账.csv"
    file.write_text("这不是任何表\n", "utf-8")
    assert main(["check", str(file), "--reporter", "rcb_yungang"]) == 1
    assert "结果：退回" in capsys.readouterr().out
    assert list((at_sample / "inbox").rglob("台账.csv")) == []


def test_check_without_a_reporter_asks_for_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "表.csv"
    file.write_text("x\n")
    assert main(["check", str(file)]) == 1
    assert "--reporter" in capsys.readouterr().err


def test_a_query_does_not_wait_for_dagster() -> None:
    """Imports are listed by the interpreter itself, in a process that imported nothing before."""
    code = "import sys, pipelines.cli; pipelines.cli.main(['versions']); print('dagster' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd|x", "'+cmd|x"),
        ("-x", "'-x"),
        ("-12.5", "-12.5"),
        ("+86", "+86"),
        ("-1,200.00%", '"-1,200.00%"'),
        ("=", "'="),
        ("乡=镇", "乡=镇"),
    ],
)
def test_a_text_that_a_spreadsheet_would_run_is_neutralised_unless_raw(
    text: str, written: str, at_sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    query = f"select '{text}' as t, -1 as n"
    assert main(["sql", "--csv", query]) == 0
    assert capsys.readouterr().out == f"t,n\n{written},-1\n"
    assert main(["sql", "--csv", "--raw", query]) == 0
    assert capsys.readouterr().out.splitlines()[1].strip('"').startswith(text.split(",")[0])


@pytest.mark.parametrize("sql", ["", " ", ";", "-- nothing"])
def test_no_statement_is_refused(sql: str, at_sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sql", f" {sql}"]) == 1
    assert "没有写查询语句" in capsys.readouterr().err


def test_a_refusal_is_an_object_where_json_was_asked_for(
    at_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sql", "--json", "select 1"]) == 1
    printed = capsys.readouterr()
    assert json.loads(printed.out)["error"].startswith(
        f"{at_home} 里还没有发布过数据，请先运行 xiangcang load"
    )


def test_no_decision_is_kept_where_there_is_no_county(
    at_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["settle", "2022", "--why", "定稿", "--by", "统计股"]) == 1
    assert "数据在别处的，请设 XIANGCANG_HOME" in capsys.readouterr().err
    assert not (at_home / "decisions").exists()


@pytest.mark.parametrize(
    ("number", "words"), [(28, "磁盘已满；请腾出空间再运行"), (30, "所在的磁盘是只读的；请检查挂载")]
)
def test_what_the_system_refuses_is_said_in_words(
    number: int,
    words: str,
    at_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, "no", "receipts/x.json")

    monkeypatch.setattr("pipelines.commands.operating.load.end_quietly", refuse)
    assert main(["load", "--json"]) == 1
    printed = capsys.readouterr()
    assert json.loads(printed.out) == {"error": f"receipts/x.json：{words}"}
    assert printed.err.splitlines()[-1] == f"xiangcang: receipts/x.json：{words}"


def test_a_load_that_could_not_be_recorded_says_so(
    at_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("pipelines.load._run", lambda *_: None)
    assert main(["load", "--json"]) == 1
    assert "没有留下记录，多半是磁盘读写出错" in json.loads(capsys.readouterr().out)["error"]
