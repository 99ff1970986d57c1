"""The script of the data dictionary's search, and by what a browser may know it: no other script runs on any page."""

import base64
import hashlib
from pathlib import Path

SCRIPT = Path(__file__).with_name("search.js").read_text("utf-8")
SCRIPT_SOURCE = f"'sha256-{base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()}'"
"""What a Content-Security-Policy calls the script, by its bytes, as it stands in the page."""
