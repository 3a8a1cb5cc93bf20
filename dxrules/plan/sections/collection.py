"""The section `collection`: public charges that are collected by eL-QR."""

from typing import Literal

from dxrules.plan.sections.evident import Evident
from dxrules.plan.value_types import ChargeId, CollectionStatus
from dxrules.source import field
from dxrules.source.types import When, YesNo


class Charge(Evident):
    """Collection of one public charge by eL-QR."""

    status: CollectionStatus | None = field("状況", "status", None, "started")
    start: When | None = field("開始日", "start", None, "令和8年9月")
    considered: YesNo | None = field(
        "拡大を検討しているか", "whether extending is considered", None
    )
    announced: YesNo | None = field("告示したか", "whether it was announced (告示)", None)


class Collection(Evident):
    """Collection of public charges by eL-QR."""

    health_insurance: Literal["premium", "tax"] | None = field(
        "国民健康保険: 料か税か", "national health insurance: premium or tax", None, "tax"
    )
    charges: dict[ChargeId, Charge] = field("公金ごとの状況", "status by charge", {})
