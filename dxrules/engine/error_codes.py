"""What the error codes of durable_rules mean, and its exceptions as ours."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dxrules.errors import EngineError
from dxrules.texts import Text

CODES: Mapping[int, Text] = {
    2: Text("同じ番号の事実が既にある", "a fact of this id was seen before"),
    3: Text("事実の処理が後回しにされた", "a fact was put off"),
    100: Text("JSON が途中で終わる", "the JSON ends early"),
    101: Text("メモリ不足", "out of memory"),
    102: Text("値の型が違う", "a value of an unexpected type"),
    103: Text("名前が長すぎる", "a name is too long"),
    104: Text("思わぬ値", "an unexpected value"),
    105: Text("思わぬ名前", "an unexpected name"),
    106: Text("一つのノードの下の条件が多すぎる", "too many tests under one node"),
    107: Text("一つのノードの下の選択肢が多すぎる", "too many alternatives under one node"),
    108: Text("一つのノードで終わる点検項目が多すぎる", "too many rules end in one node"),
    109: Text("点検項目に all も any もない", "a rule has neither all nor any"),
    110: Text("設定がない", "a setting is missing"),
    111: Text("ネットワークのハンドルが無効", "the handle of the network is not valid"),
    112: Text("ネットワークが多すぎる", "too many networks"),
    113: Text("点検項目の and と or が多すぎる", "too many ands and ors in a rule"),
    201: Text("値が読めない", "a value cannot be read"),
    202: Text("文字列が読めない", "a string cannot be read"),
    203: Text("数値が読めない", "a number cannot be read"),
    204: Text("オブジェクトが読めない", "an object cannot be read"),
    205: Text("配列が読めない", "an array cannot be read"),
    302: Text("事実の項目が多すぎる", "a fact has too many fields"),
    303: Text("一つの事実に当たる条件が多すぎる", "too many tests wait for one fact"),
    304: Text("一つの一致に含まれる事実が多すぎる", "too many facts in one match"),
    305: Text("事実が見つからない", "a fact is not found"),
    306: Text("一致の置き場所が見つからない", "the place of a match is not found"),
    307: Text("ノードが既に消えている", "a node was deleted"),
    308: Text("ノードが処理中である", "a node is being dispatched"),
    309: Text("セッションがない", "the session is not found"),
    310: Text("取り出す一致がない", "no match is left to take"),
    311: Text("項目がない", "a field is not found"),
    312: Text("対応していない操作", "the operation is not supported"),
    313: Text("事実が大きすぎる", "a fact is too large"),
    314: Text("項目の値が大きすぎる", "the value of a field is too large"),
    501: Text("正規表現が読めない", "a regular expression cannot be read"),
    502: Text("正規表現の遷移が多すぎる", "too many transitions in a regular expression"),
    503: Text("正規表現の状態が多すぎる", "too many states in a regular expression"),
    504: Text("正規表現の待ち行列が満杯", "the queue of a regular expression is full"),
    505: Text("正規表現の一覧が満杯", "the list of a regular expression is full"),
    506: Text("正規表現の集合が満杯", "the set of a regular expression is full"),
    507: Text("正規表現が衝突する", "regular expressions conflict"),
    508: Text("正規表現が誤っている", "a regular expression is wrong"),
}
"""Every code of durable_rules 2.0.28, as `rules.h` and `json.h` define them."""

_CALL = re.compile(r"Could not (?P<call>[a-z ]+), error code: (?P<code>\d+)")
_ARGUMENT = re.compile(r"py\w+ Invalid argument")


_NO_MEMORY = 101


def by_code(code: int, call: str) -> EngineError | MemoryError:
    """Return the error for a code that a call gave; a want of the system is no fault of an engine.

    >>> by_code(101, "assert facts")
    MemoryError()
    """
    if code == _NO_MEMORY:
        return MemoryError()
    meaning = CODES.get(code, Text("未知のコード", "an unknown code"))
    return EngineError(
        Text(
            f"durable_rules が失敗しました({call}、コード {code}): {meaning.ja}。",
            f"durable_rules failed to {call} (code {code}): {meaning.en}.",
        )
    )


def translate(error: Exception) -> EngineError | MemoryError:
    """Return our error for whatever the C module raised."""
    text = str(error)
    if call := _CALL.fullmatch(text):
        return by_code(int(call["code"]), call["call"])
    if _ARGUMENT.fullmatch(text):
        return EngineError(
            Text(
                f"durable_rules が引数を受け付けませんでした({text})。",
                f"durable_rules refused an argument ({text}).",
            )
        )
    shown = f"{type(error).__name__}: {text}"
    return EngineError(
        Text(
            f"durable_rules が予期しない形で失敗しました({shown})。",
            f"durable_rules failed in an unforeseen way ({shown}).",
        )
    )
