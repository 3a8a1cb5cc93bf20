"""Of which area a measure is, by its title, the headings above it and what is told beside it."""

from __future__ import annotations

import pytest

from dxrules.draft import load_reading
from dxrules.draft.measure_areas import areas_of

READING = load_reading()


def told(title: str, *above: str, others: str = "") -> tuple[tuple[str, ...], bool]:
    """Return the areas of a title, and whether they are sure."""
    found = areas_of(title, above, others, READING)
    return (found.areas, found.is_sure) if found is not None else ((), False)


@pytest.mark.parametrize(
    ("title", "area"),
    [
        ("子育て・介護手続のオンライン化", "front-yard"),
        ("水道の開閉栓をスマートフォンで申請", "front-yard"),
        ("並ばなくてよい窓口づくり", "front-yard"),
        ("情報システムの標準化・共通化", "standardization"),
        ("水道料金のeL-QR納付", "el-qr"),
        ("マイナンバーカードによる選挙の受付", "my-number-card"),
        ("全職員の情報セキュリティ研修", "security"),
        ("給付事務の入力の自動化", "ai"),
        ("自宅や出張先での勤務", "telework"),
        ("年配の方のためのスマートフォンの使い方教室", "digital-divide"),
        ("デジタル困りごと窓口の開設", "digital-divide"),
        ("条例・規則の総点検", "analog-regulation"),
        ("仕事の流れの見直し", "bpr"),
        ("港のオープンデータ公開", "open-data"),
        ("民間人材の登用", "talent"),
        ("紙の帳票をなくす", "paperless"),
        ("文書管理・電子決裁システムの更新", "internal-systems"),
        ("キャッシュレス決済端末の増設", "cashless"),
        ("避難情報の多言語での配信", "resident-messaging"),
        ("職員同士の連絡手段の見直し", "business-chat"),
        ("果樹園のセンサーの実証", "regional-dx"),
    ],
)
def test_titles_that_tell_their_area(title: str, area: str) -> None:
    """Words of an area settle it wherever nothing else of the title is of another."""
    assert told(title) == ((area,), True)


@pytest.mark.parametrize(
    ("title", "others"),
    [
        ("窓口のキャッシュレス決済", ""),  # of the desk, too
        ("証明書コンビニ交付の手数料引下げ", ""),  # made with the card, for some a use of it
        ("電子決裁の導入", ""),  # some count it as paperless
        ("生成AIの職員研修", ""),
        ("LINEによる住民票の請求", ""),
        ("契約手続の電子化", ""),  # no procedure of residents
        ("企業向けタブレット講座", ""),
        ("水道スマートメーターの設置", ""),
        ("コンビニ交付の推進", "マイナンバーカードで証明書を受け取れるようにします。"),
        ("業務の見直し", "手順を改め、RPAを適用します。"),
        ("相談の受付", ""),  # but a place
        ("公用車の更新", ""),
        ("公用車予約の電子化", ""),  # of what the office has, or of its systems
        ("統合型GISの再構築", ""),  # for the staff, or for all
    ],
)
def test_titles_that_leave_it_open(title: str, others: str) -> None:
    """What may be of two areas, or of none, is asked."""
    assert not told(title, others=others)[1]


def test_headings_that_are_but_an_area() -> None:
    """What is gathered under an area alone is of that, unless its title names another."""
    assert told("機器の調達", "(8)テレワークの推進") == (("telework",), True)
    assert told("国からの情報収集", "情報システムの標準化・共通化") == (("standardization",), True)
    assert told("データの連携", "観光の振興とテレワーク") == (("telework",), False)
    assert not told("オンライン申請の開始", "(4)マイナンバーカードの普及促進")[1]


def test_places_that_the_text_explains() -> None:
    """A place alone tells no area; with the text, or the heading, it does."""
    assert told("窓口の開庁時間の短縮") == (("front-yard",), False)
    assert told("窓口の開庁時間の短縮", others="電子申請の広がりに合わせます。")[1]
    assert told("窓口の開庁時間の短縮", "行かない・書かない窓口")[1]
