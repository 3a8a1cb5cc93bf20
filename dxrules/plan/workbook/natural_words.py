"""Words that people write in place of a choice: the value surely meant, or the question to ask.

A word that may mean two of the values is asked about, never guessed: × may be 「無いと明記」 or
that nothing is said, and those are judged differently.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from dxrules.plan import code_labels
from dxrules.plan.intervals import interval_of
from dxrules.texts import Text, unspaced

if TYPE_CHECKING:
    from dxrules.plan.workbook.layout import KeyColumn

_YES = (
    "[○〇◯◎✓✔レ●]|はい|有り?|あり|ある|該当(?:する|あり)?|済み?|して(?:いる|います)|した|(?i:true)"
)
_NO = "[×✕✖xX]|いいえ|無し?|なし|ない|該当(?:しない|なし)|非該当|(?:して)?いない|しない|(?i:false)"
_DONE = "済み?|完了|ずみ"
_BEING = "中(?:である|です)?"
_IN_USE = "実施|運用|公表|公開|利用|活用|参加|加入"
_NOT_IN_USE = "".join(f"(?<!{each})" for each in _IN_USE.split("|"))
_SET_UP = (
    "整備|設置|策定|制定|作成|任命|任用|配置|導入|構築|締結|実施|対応|公表|公開|組織"
    "|利用|活用|参加|加入"
)
_DO = "実施|整備|導入|移行|対応|構築|開始|稼働|標準化"
_WHAT = f"(?:今後|将来)?(?:{_SET_UP}|{_DO}|利用)?"
_SHALL = f"{_WHAT}(?:する|の|を)?予定(?:である|です)?"
_THINKS = f"{_WHAT}(?:する|の)?(?:ことを|を)?検討(?:中|する|している)?(?:である|です)?"
_EVERY = "(?:すべて|全て|全部?)(?:の)?(?:20)?(?:業務)?|(?:標準化)?(?:対象)?20業務(?:すべて|全て)?"
_TICK = "[○〇◯◎✓✔レ●]"

_READ_AS: tuple[tuple[Mapping[str, Text], Mapping[str, str]], ...] = (
    (
        code_labels.PROVISION_STATUS,
        {
            "in-place": rf"(?:{_SET_UP})?(?:{_DONE})|(?:{_SET_UP})して(?:いる|あります)"
            rf"|(?:{_IN_USE}){_BEING}|有り?|あり|ある|置いている|{_TICK}",
            "planned": rf"{_SHALL}|(?:{_SET_UP}|準備)(?:準備)?{_NOT_IN_USE}{_BEING}",
            "considered": _THINKS,
        },
    ),
    (
        code_labels.MEASURE_STATUS,
        {
            "done": rf"(?:{_DO}|達成)?(?:{_DONE})(?:した)?|終了(?:した)?|終わった|終えた",
            "ongoing": rf"継続(?:実施|的に実施)?(?:{_BEING})?|着手(?:{_DONE})?"
            rf"|(?:実施して|進めて|取り組んで)(?:いる|います)|(?:おおむね|概ね)?順調"
            rf"|(?:{_DO}|推進|取組|取り組み|運用|作成|準備|進行|着手){_BEING}",
            "late": "やや遅れ|遅れ(?:ている)?|遅延(?:中|している)?",
            "suspended": f"休|休止{_BEING}|休止している",
            "dropped": "(?:取り)?やめ(?:た|る)?|廃止(?:した)?|中止(?:した)?",
            "planned": _SHALL,
            "considered": _THINKS,
        },
    ),
    (
        code_labels.SYSTEM_STATUS,
        {
            "migrated": rf"(?:{_DO})?(?:{_DONE})(?:した)?|移行した|{_TICK}",
            "in-progress": rf"(?:{_DO}|作業|準備){_BEING}",
            "planned": _SHALL,
            "not-migrated": "未(?:移行|対応|実施|完了)?|移行していない",
        },
    ),
    (
        code_labels.COLLECTION_STATUS,
        {
            "started": rf"(?:{_DO})(?:{_DONE})|済み?|開始(?:した|している)?"
            rf"|(?:実施|運用|利用){_BEING}|{_TICK}",
            "preparing": rf"(?:準備|対応|改修|構築|導入準備){_BEING}",
            "planned": _SHALL,
            "considered": _THINKS,
            "none": "(?:実施|対応|導入)?しない|行わない",
        },
    ),
    (
        code_labels.CLOUD,
        {
            "used": rf"利用(?:{_DONE}|{_BEING}|している)|{_TICK}",
            "planned": _SHALL,
            "considered": _THINKS,
        },
    ),
    (
        code_labels.RANK,
        {
            "mayor": "[市区町村]長",
            "deputy-mayor": "副[市区町村]長",
            "executive": "(?:(?:.{0,8}[^副本])?[部局]長|理事|部局長)(?:級|級など)?",
            "manager": "(?:.{0,8}[^副])?課長(?:級|級など)?",
            "external": "(?:外部|民間|副業)(?:専門|デジタル)?人材|外部(?:の)?専門家",
        },
    ),
    (
        code_labels.EXCLUSION,
        {
            "run-by-prefecture": (
                "(?:都道府)?[都道府県](?:の?福祉事務所)?(?:が|で)?"
                "(?:行う|(?:実施|処理)(?:する)?|の事務|の所管)?"
            ),
            "run-by-union": (
                "(?:.{0,20})?(?:広域連合|事務組合|広域組合)(?:が|で)?(?:実施|処理|の事務|の所管)?"
            ),
            "no-system": "システム(?:が)?(?:無し?|なし|ない)",
            "no-such-task": "(?:該当)?(?:事務|業務)(?:が)?(?:無し?|なし|ない)",
        },
    ),
    (
        code_labels.SCOPE,
        {
            "all-staff": "全(?:て|ての)?(?:職員|員)",
            "managers": "管理職員?",
            "new-staff": "新規?採用(?:職)?員?",
        },
    ),
    (
        code_labels.TASKS_GIVEN,
        {"all": _EVERY, "list": "(?:業務)?一覧(?:表)?|列挙", "count": "数のみ"},
    ),
    (code_labels.COVERS, {"all": _EVERY, "many": "一部|ほとんど|大半|多く"}),
    (code_labels.HEALTH_INSURANCE, {"tax": "(?:国保|保険)?税", "premium": "(?:国保|保険)?料"}),
    (
        code_labels.DIRECTION,
        {
            "up": "増(?:加|大)?(?:する)?|増やす|上げる|向上|上昇|↑|プラス",
            "down": "減(?:少)?(?:する)?|減らす|下げる|削減|低下|↓|マイナス",
            "keep": "維持(?:する)?|現状維持|保つ|→|横ばい",
        },
    ),
    (code_labels.COUNTED, {"yearly": "単年度?|年度?ごと|毎年度?", "cumulative": "累計|累積"}),
    (
        code_labels.READ,
        {
            "complete": rf"{_YES}|全部(?:読んだ)?|すべて|全て|読了|全ページ",
            "part": rf"{_NO}|一部(?:のみ|だけ)?|途中",
            "unstated": "不明|分からない|わからない|未記入",
        },
    ),
    (
        code_labels.OTHER_DOCUMENT,
        {"exists": rf"[○〇◯]|有り?|あり|ある|既存|(?:{_SET_UP})(?:{_DONE})", "planned": _SHALL},
    ),
    (code_labels.DEFERRED, {"some": "[○〇◯]|有り?|あり", "none": "[×✕]|無し?|なし"}),
    (code_labels.SURE, {"sure": "[○〇◯]|はい|確実", "doubtful": "[×✕△▲?？]|いいえ|不確か|不明"}),
)
"""By the table of codes that a column is limited to: what is read as which, as a whole."""

_SHORT_YES = {"yes": rf"{_YES}|公表(?:済み?|している)?", "no": rf"{_NO}|非公表|未公表"}
_IN_OTHER_WORDS = (
    (code_labels.MEASURE_STATUS, code_labels.MEASURE_STATUS_IN_OTHER_WORDS),
    (code_labels.PLAN_STATUS, code_labels.PLAN_STATUS_IN_OTHER_WORDS),
)

_NEITHER = (
    r"[×✕✖△▲□\-－―ー—–]|無し?|なし|ない|いいえ|該当(?:なし|無し?|しない)|非該当|未(?:整備|設置|策定|実施|作成|定|対応|着手)?|対象外"
    f"|(?:置いて|定めて|設けて|(?:{_SET_UP})して)(?:いない|いません)|置かない"
)
_SAID_TO_BE_NONE = Text(
    "計画にその旨が書いてあれば「{none}」を選び、何も書いていなければ空にしてください。",
    'If the plan says so choose "{none}"; if it says nothing leave the cell empty.',
)
_BARE = Text(
    "済んだのか、これからかが分かりません。「{in-place}」か「{planned}」を選んでください。",
    'It may be done or still to come. Choose "{in-place}" or "{planned}".',
)
_ASKED: tuple[tuple[Mapping[str, Text], str, Text, tuple[str, ...]], ...] = (
    (code_labels.PROVISION_STATUS, _NEITHER, _SAID_TO_BE_NONE, ("none",)),
    (code_labels.PROVISION_STATUS, f"(?:{_SET_UP})(?:する)?", _BARE, ("in-place", "planned")),
    (code_labels.COLLECTION_STATUS, _NEITHER, _SAID_TO_BE_NONE, ("none",)),
    (code_labels.CLOUD, _NEITHER, _SAID_TO_BE_NONE, ("none",)),
    (
        code_labels.MEASURE_STATUS,
        rf"{_NEITHER}|未着手",
        Text(
            "計画の凡例で確かめ、遅れなら「{late}」、未了と書いていれば「{not-done}」、これからなら"
            "「{planned}」、やめたなら「{dropped}」を選び、書いていなければ空にしてください。",
            'Look into the plan\'s legend: if it is late choose "{late}", if the plan says that it '
            'was not done "{not-done}", if it is to come "{planned}", if it was given up '
            '"{dropped}"; if it says nothing leave the cell empty.',
        ),
        ("late", "not-done", "planned", "dropped"),
    ),
    (
        code_labels.MEASURE_STATUS,
        f"{_TICK}|(?:{_DO}|取組|推進)(?:する)?",
        Text(
            "済んだのか、続けているのか、これからかが分かりません。"
            "「{done}」「{ongoing}」「{planned}」のどれかを選んでください。",
            "It may be done, under way or still to come. "
            'Choose "{done}", "{ongoing}" or "{planned}".',
        ),
        ("done", "ongoing", "planned"),
    ),
    (
        code_labels.SYSTEM_STATUS,
        r"[×✕✖△▲\-－―ー—–]|無し?|なし|対象外|該当(?:なし|無し?|しない)|非該当",
        Text(
            "移行していなければ「{not-migrated}」を選び、対象外の業務ならシート"
            "「対象外の業務」に書いて、ここは空にしてください。",
            'If it was not migrated choose "{not-migrated}"; if it is left out write it onto the '
            'sheet "tasks left out", and leave this cell empty.',
        ),
        ("not-migrated",),
    ),
)
"""What is asked about: codes, words, question, and the codes whose words the question names."""


def natural(column: KeyColumn, text: str) -> str | None:
    """Return the value that words surely mean in a column; None if that is not sure.

    >>> from dxrules.plan.workbook.layout import sheets
    >>> status = next(c for s in sheets() if s.name == "provisions" for c in s.columns
    ...               if c.name == "status")
    >>> natural(status, "設置済"), natural(status, "作成中"), natural(status, "×")
    ('in-place', 'planned', None)
    """
    return None if asked(column, text) is not None else meant(column.choices, text)


def meant(choices: Mapping[str, Text], text: str) -> str | None:
    """Return the one of some codes that words surely mean; None if that is not sure.

    >>> meant(code_labels.PROVISION_STATUS, "策定済"), meant(code_labels.PROVISION_STATUS, "×")
    ('in-place', None)
    """
    said = _plain(text)
    for table, words in _IN_OTHER_WORDS:
        if _limited(choices, table) and said in words:
            return words[said]
    if {"yes", "no"} <= choices.keys():
        return _first(_SHORT_YES, said)
    if "weekly" in choices and (code := interval_of(text)) in choices:
        return code
    found = (_first(words, said) for table, words in _READ_AS if _limited(choices, table))
    return next((each for each in found if each in choices), None)


def asked(column: KeyColumn, text: str) -> Text | None:
    """Return what has to be asked about words that may mean two values of a column; else None."""
    said = _plain(text)
    for table, words, question, codes in _ASKED:
        if _limited(column.choices, table) and re.fullmatch(words, said):
            labels = {code: table[code] for code in codes}
            return Text(
                _filled(question.ja, {code: label.ja for code, label in labels.items()}),
                _filled(question.en, {code: label.en for code, label in labels.items()}),
            )
    return None


def _filled(question: str, labels: Mapping[str, str]) -> str:
    for code, label in labels.items():
        question = question.replace(f"{{{code}}}", label)
    return question


def _limited(choices: Mapping[str, Text], table: Mapping[str, Text]) -> bool:
    """Tell whether what may be chosen are the values of a table, or some of them."""
    return bool(choices) and table.keys() >= choices.keys()


def _first(words: Mapping[str, str], said: str) -> str | None:
    return next((code for code, pattern in words.items() if re.fullmatch(pattern, said)), None)


def _plain(text: str) -> str:
    return unspaced(text).rstrip("。.")
