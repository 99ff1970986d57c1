"""A Thrift server of Spark's own wheel: on a port of this machine alone, without a network."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import pyspark

_SPARK = Path(pyspark.__file__).parent
_SECONDS_TO_START = 180
_SETTINGS = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.log.level": "WARN",
    # nobody looks at what has run; the plans of the largest models are megabytes
    "spark.ui.retainedJobs": "1",
    "spark.ui.retainedStages": "1",
    "spark.ui.retainedTasks": "1",
    "spark.sql.ui.retainedExecutions": "1",
    "spark.sql.thriftserver.ui.retainedStatements": "1",
    "spark.sql.maxPlanStringLength": "1000",
}


_FOR_FEW_ROWS = {
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.files.minPartitionNum": "1",
    "spark.buffer.pageSize": "1m",  # of each joined table; by default 16 MB
    "spark.sql.adaptive.enabled": "false",
}
_COMPILED_QUICKLY = "-XX:TieredStopAtLevel=1"


class Server:
    """A running server; its catalogue, log and scratch files lie in a folder.

    for_few_rows: set up for tables of a few rows, where planning is all; else as Spark is by itself.
    """

    def __init__(self, folder: Path, *, for_few_rows: bool = True) -> None:
        self.port = _free_port()
        self._log = folder / "log"
        chosen = _FOR_FEW_ROWS if for_few_rows else {"spark.sql.shuffle.partitions": "2"}
        compiler = _COMPILED_QUICKLY if for_few_rows else ""
        settings = (
            _SETTINGS
            | chosen
            | {
                "spark.local.dir": str(folder / "local"),
                "spark.sql.warehouse.dir": str(folder / "tables"),
                "spark.hadoop.javax.jdo.option.ConnectionURL": f"jdbc:derby:;databaseName={folder}/metastore_db;create=true",
            }
        )
        command = [
            str(_SPARK / "bin" / "spark-submit"),
            "--class", "org.apache.spark.sql.hive.thriftserver.HiveThriftServer2",
            "--master", "local[2]",
            "--driver-memory", "3g",
            "--driver-java-options", f"{compiler} -XX:+UseSerialGC -Xmn1g -Dderby.system.home={folder}",
            *(part for name, value in settings.items() for part in ("--conf", f"{name}={value}")),
            "--hiveconf", f"hive.server2.thrift.port={self.port}",
            "--hiveconf", "hive.server2.thrift.bind.host=127.0.0.1",
            "spark-internal",
        ]  # fmt: skip
        environment = os.environ | {"SPARK_HOME": str(_SPARK), "SPARK_LOCAL_IP": "127.0.0.1"}
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                command,
                cwd=folder,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._wait()

    @property
    def pid(self) -> int:
        """The process of the server itself."""
        return self._process.pid

    def address(self, database: str = "default") -> str:
        return f"hive2://127.0.0.1:{self.port}/{database}"

    def stop(self) -> None:
        """End the server and what it has started."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait(timeout=60)

    def _wait(self) -> None:
        """Wait until the server listens. Raises RuntimeError."""
        end = time.monotonic() + _SECONDS_TO_START
        while not _listens(self.port):
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"Spark's server did not start:\n{self._log.read_text('utf-8')[-3000:]}")
            time.sleep(0.5)


def _listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
