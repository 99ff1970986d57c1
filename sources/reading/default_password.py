"""Decryption of workbooks whose password is the one that everyone's Excel tries by itself.

Excel and WPS save a workbook whose structure is protected this way; whoever opens it is asked nothing.
"""

from io import BytesIO

import msoffcrypto

from sources.reading.cells import Unreadable

DEFAULT_PASSWORD = "VelvetSweatshop"


def decrypt(data: bytes) -> bytes:
    """Return the workbook inside. Raises Unreadable("encrypted") where another password is needed."""
    decrypted = BytesIO()
    try:
        office = msoffcrypto.OfficeFile(BytesIO(data))
        office.load_key(password=DEFAULT_PASSWORD)
        office.decrypt(decrypted)
    except Exception as error:  # damaged key material fails in as many ways as there are ciphers
        raise Unreadable(
            "encrypted", f"not opened by the default password: {type(error).__name__}"
        ) from error
    return decrypted.getvalue()
