"""`xiangcang sample`: the sample district's deliveries."""

import argparse
import json
from decimal import Decimal
from pathlib import Path

from rich.console import Console
from rich.text import Text

from pipelines.commands import Refused
from sample import Targets, write_sample
from schemas.errors import XiangcangError


def run(arguments: argparse.Namespace) -> int:
    """Write them; refused where the folder is in use or no district could have the targets."""
    try:
        chosen = arguments.targets.read_text("utf-8") if arguments.targets else "{}"
        targets = Targets(**json.loads(chosen, parse_float=Decimal))
        with Console(stderr=True).status("生成示例报送") as status:
            manifest = write_sample(
                arguments.folder,
                seed=arguments.seed,
                targets=targets,
                on_file=lambda path: status.update(Text(Path(path).name, no_wrap=True, overflow="ellipsis")),
            )
    except (XiangcangError, OSError, TypeError, ValueError) as error:
        raise Refused(f"示例没有生成：{error}") from error
    print(f"合成示例数据：{len(manifest.deliveries)} 份报送写入 {arguments.folder}/inbox")
    print(f"接着执行：XIANGCANG_HOME={arguments.folder} xiangcang load")
    return 0
