"""Posts that a town may have under another name than the one that the sources speak of."""

from __future__ import annotations

from dxrules.derivation.context import Context
from dxrules.derivation.told_status import status_of_provision
from dxrules.derivation.values import unknown

_COUNTERPARTS = {"cio": "cdo", "cio-aide": "cdo-aide"}
"""What a town may have under another name: the sources speak of the first alone."""
ANOTHER_NAME = unknown(
    "CIOとしての記載はないが、CDO(最高デジタル責任者)・CDO補佐官を置く、又は置くとある。国の資料が"
    "CIOについて述べることに当たるか、確かめられていない",
    "it is not said of a CIO, but of a CDO or an aide of one; whether that counts as what the "
    "national papers say of a CIO was not verified",
)


def has_counterpart(context: Context, key: str) -> bool:
    """Tell whether the town has, or is to have, the same under another name."""
    other = (context.plan.provisions or {}).get(_COUNTERPARTS.get(key, ""))
    return other is not None and status_of_provision(context, other) in ("in-place", "planned")
