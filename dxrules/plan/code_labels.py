"""The codes of the plan file in words: one table for the vocabulary and for workbooks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dxrules.texts import Text, same


def codes(**labels: tuple[str, str]) -> dict[str, Text]:
    """Return a table of codes; an underscore stands for a hyphen."""
    return {name.replace("_", "-"): Text(*label) for name, label in labels.items()}


PLAN_STATUS = codes(
    draft=("案", "draft"),
    outline=("骨子案", "outline"),
    public_comment=("意見公募案", "draft for public comment"),
    provisional=("暫定版", "provisional edition"),
    established=("策定済み", "established"),
    none=("計画がない", "no plan"),
)
DOCUMENT_KIND = codes(
    policy=("方針", "policy"),
    vision=("ビジョン", "vision"),
    strategy=("戦略", "strategy"),
    plan=("計画", "plan"),
    action_plan=("実施計画", "action plan"),
    ordinance=("条例", "ordinance"),
    page=("ページ", "page"),
    other=("その他", "other"),
)
ACHIEVEMENT = codes(
    achieved=("達成", "achieved"),
    partly=("一部達成", "partly achieved"),
    not_achieved=("未達成", "not achieved"),
)
PROVISION_STATUS = codes(
    in_place=("整備済み", "in place"),
    planned=("予定", "planned"),
    considered=("検討", "considered"),
    none=("無いと明記", "said to be none"),
)
SCOPE = codes(
    all_staff=("全職員", "all staff"),
    staff=("職員(範囲の記載なし)", "staff, range not said"),
    managers=("管理職", "managers"),
    new_staff=("新規採用職員", "new staff"),
)
RANK = codes(
    mayor=("首長", "mayor"),
    deputy_mayor=("副首長", "deputy mayor"),
    superintendent=("教育長", "superintendent of education"),
    executive=("部長級など", "executive"),
    manager=("課長級など", "manager"),
    external=("外部人材", "external expert"),
)
CLOUD = codes(
    used=("利用", "used"),
    planned=("予定", "planned"),
    considered=("検討", "considered"),
    none=("利用しない", "not used"),
)
SYSTEM_STATUS = codes(
    migrated=("移行済み", "migrated"),
    in_progress=("移行中", "in progress"),
    planned=("予定", "planned"),
    not_migrated=("未移行", "not migrated"),
    excluded=("対象外", "left out"),
)
EXCEPTION = codes(
    transition_support=("特定移行支援システム", "designated transition-support system"),
    migration_difficult=("移行困難システム", "system hard to migrate"),
    none=("例外でない", "no exception"),
)
EXCLUSION = codes(
    run_by_prefecture=("都道府県の事務", "run by the prefecture"),
    run_by_union=("広域連合・一部事務組合の事務", "run by a union of municipalities"),
    no_system=("システムなし", "no system"),
    no_such_task=("事務なし", "no such task"),
    other=("その他", "other"),
)
COLLECTION_STATUS = codes(
    started=("開始済み", "started"),
    preparing=("準備中", "being prepared"),
    planned=("予定", "planned"),
    considered=("検討", "considered"),
    none=("しないと明記", "said not to be done"),
)
MEASURE_STATUS = codes(
    done=("完了", "done"),
    ongoing=("継続中", "ongoing"),
    late=("遅れ", "late"),
    planned=("予定", "planned"),
    considered=("検討", "considered"),
    watched=("注視", "watched"),
    not_done=("未了と明記", "stated as not done"),
    suspended=("休止", "suspended"),
    postponed=("見送り", "postponed"),
    dropped=("中止・廃止", "dropped"),
    declined=("行わないと明記", "said not to be done"),
)
MEASURE_STATUS_IN_OTHER_WORDS = {
    **dict.fromkeys(("中止", "廃止", "取りやめ", "abandoned", "cancelled", "canceled"), "dropped"),
    **dict.fromkeys(("見送り", "延期", "deferred", "delayed-start"), "postponed"),
    **dict.fromkeys(("休止", "中断", "paused", "on-hold"), "suspended"),
    **dict.fromkeys(("遅れ", "遅延", "delayed", "behind"), "late"),
    **dict.fromkeys(("行わない", "実施しない", "not-planned", "refused"), "declined"),
}
"""What may be written for a status; the nearest of the codes by its letters may be the contrary."""
PLAN_STATUS_IN_OTHER_WORDS = {
    **dict.fromkeys(("案", "(案)", "（案）", "素案", "原案", "計画案"), "draft"),
    **dict.fromkeys(("骨子", "骨子案", "たたき台"), "outline"),
    **dict.fromkeys(("パブコメ案", "パブリックコメント案", "意見公募案"), "public-comment"),
    **dict.fromkeys(("暫定", "暫定版", "暫定計画"), "provisional"),
    **dict.fromkeys(("策定", "策定済", "策定済み", "決定", "成案"), "established"),
    **dict.fromkeys(("なし", "無し", "無", "未策定", "計画なし", "計画がない"), "none"),
}
"""What documents call their status, for hints."""
REVISION = codes(substantive=("内容", "contents"), editorial=("文言のみ", "wording only"))
EXTENT = codes(whole=("全体", "whole"), part=("一部", "part"))
EDGE_KIND = codes(
    finish_to_start=("完了してから", "finish to start"),
    informs=("踏まえて", "informs"),
    together=("同時に", "together"),
)
YES_NO = codes(yes=("はい", "yes"), no=("いいえ", "no"), doubtful=("疑わしい", "doubtful"))
SURE = codes(sure=("確か", "sure"), doubtful=("疑わしい", "doubtful"))
INTERVAL = codes(
    weekly=("毎週", "weekly"),
    monthly=("毎月", "monthly"),
    every_two_months=("隔月", "every two months"),
    quarterly=("四半期ごと", "quarterly"),
    every_four_months=("4か月ごと", "every four months"),
    half_yearly=("半年ごと", "half-yearly"),
    yearly=("毎年", "yearly"),
    every_two_years=("2年ごと", "every two years"),
    every_three_years=("3年ごと", "every three years"),
    every_four_years=("4年ごと", "every four years"),
    every_five_years=("5年ごと", "every five years"),
    pdca=("PDCA", "PDCA"),
    ooda=("OODA", "OODA"),
    as_needed=("随時", "as needed"),
    continuous=("継続的に", "continuously"),
)
CALENDAR_INTERVALS = frozenset(INTERVAL) - {"pdca", "ooda", "as-needed", "continuous"}
"""Those that tell after how long something takes place again."""
PART = codes(
    schedule=("工程", "schedule"),
    organization=("体制", "organization"),
    owners=("取組の担当", "owners of measures"),
    indicators=("指標", "indicators"),
    measures=("取組", "measures"),
    areas=("分野", "areas"),
    period=("計画期間", "period"),
    text=("本文", "text"),
    other=("その他", "other"),
)
SERVES_AS = codes(
    public_private_data_plan=("官民データ活用推進計画", "public and private data plan"),
    digital_use_plan=("デジタル活用推進計画", "digital use plan"),
)
CONTENTS = codes(
    current_state=("現状及び課題", "current state and problems"),
    purpose=("目的", "purpose"),
    position=("位置付け", "position among other plans"),
    organization=("推進体制", "organization"),
    basic_policy=("基本的な方針", "basic policy"),
    measures=("個別施策", "measures"),
    security_and_privacy=(
        "セキュリティ及び個人情報の適正な取扱いの確保",
        "security and the proper handling of personal information",
    ),
)
CLAIMS = codes(
    all_priority_areas=("国の重点取組をすべて含む", "holds all national items"),
    targets_for_items=("項目ごとに目標を置く", "sets targets for its items"),
)
OTHER_DOCUMENT = codes(
    exists=("既にある", "exists"), planned=("予定", "planned"), unclear=("不明", "unclear")
)
TASKS_GIVEN = codes(
    all=("20業務すべて", "all 20 tasks"),
    list=("一覧", "a list"),
    count=("数だけ", "a count"),
    unstated=("示していない", "not said"),
)
COVERS = codes(all=("全業務", "all tasks"), many=("多くの業務", "many tasks"))
DEFERRED = codes(some=("ある", "some"), none=("ない", "none"))
HEALTH_INSURANCE = codes(premium=("国民健康保険料", "premium"), tax=("国民健康保険税", "tax"))
DIRECTION = codes(up=("増やす", "up"), down=("減らす", "down"), keep=("保つ", "keep"))
COUNTED = codes(yearly=("単年度", "for each year"), cumulative=("累計", "summed up"))
SHARE_OF = codes(migrated_tasks=("移行済みの業務", "migrated tasks"))
READ = codes(
    complete=("全部", "complete"),
    part=("一部", "part"),
    unstated=("書かれていない", "not stated"),
)
VOICE = codes(town=("団体の言葉", "the municipality's words"), quoted=("引用", "quoted"))
EVIDENCE_FROM = codes(
    plan=("計画書", "plan"),
    town=("団体の他の資料", "the municipality"),
    secondary=("第三者の資料", "secondary source"),
)


SECTION = codes(
    plan=("計画の基本情報", "the plan itself"),
    provisions=("体制・ルールの整備状況", "what has been set up"),
    standardization=("標準化", "standardization"),
    collection=("公金収納", "collection by eL-QR"),
    measures=("取組", "measures"),
    indicators=("指標", "indicators"),
    document=("読み取りの範囲", "how the document was read"),
)


def _tables() -> Iterator[Mapping[str, Text]]:
    yield from (PLAN_STATUS, PROVISION_STATUS, SCOPE, RANK, CLOUD, SYSTEM_STATUS, EXCEPTION)
    yield from (EXCLUSION, COLLECTION_STATUS, MEASURE_STATUS, EDGE_KIND, YES_NO, SURE, INTERVAL)
    yield from (PART, SERVES_AS, CLAIMS, OTHER_DOCUMENT, TASKS_GIVEN, DEFERRED, HEALTH_INSURANCE)
    yield from (DIRECTION, SHARE_OF, READ, VOICE, EVIDENCE_FROM, EXTENT, REVISION, COVERS)
    yield from (COUNTED, DOCUMENT_KIND, ACHIEVEMENT, CONTENTS, SECTION)


def in_words(values: tuple[str, ...]) -> dict[str, Text]:
    """Return the values that a key is limited to, each in words, or as it is if it has none.

    >>> in_words(("done", "not-done"))["not-done"].ja
    '未了と明記'
    """
    table = next((table for table in _tables() if table.keys() >= set(values)), {})
    return {value: table.get(value, same(value)) for value in values}
