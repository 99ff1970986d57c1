"""What code prints in processes whose hashes of strings differ, to show that it does not depend on their order."""

import os
import subprocess
import sys


def printed(code: str) -> set[str]:
    """Run code in two processes with different seeds, and give what they print. Raises CalledProcessError."""
    return {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
