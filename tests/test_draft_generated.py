"""Documents made of layouts, wordings and noise: what is sure is right, and most of it is found."""

from __future__ import annotations

import importlib.util
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.dates import parse_date, parse_period
from dxrules.document.normal import squeezed
from dxrules.document.reading_process import original_from
from dxrules.draft import draft
from tests.helpers.documents import TODAY, drafted, invented, source, sure
from tests.helpers.examples import of_hundred
from tests.helpers.lawbooks import ROOT

ERA = 2018
PERIODS = (
    "令和{a}年度から令和{b}年度までの{n}年間",
    "令和{a}年度～令和{b}年度",
    "令和{a}({y})年度～令和{b}({z})年度",
    "{y}年度から{z}年度まで",
    "{y}(令和{a})年4月から{zz}(令和{bb})年3月まで",
    "令和{a}～{b}年度",
    "令和{a}年4月1日から令和{bb}年3月31日まで",
)
SAYINGS = ("{p}とします。", "本計画の期間は、{p}とします。", "{p}", "計画期間は{p}です。")
HEADINGS = ("## {n} {t}", "第{n}章　{t}", "（{n}）{t}", "■{t}", "【{t}】", "{n}. {t}", "{t}")
RANKS = {"町長": "mayor", "副町長": "deputy-mayor", "教育長": "superintendent"}
POSTS = (
    "{r}を{p}とします。",
    "{p}は{r}が務めます。",
    "{p}：{r}",
    "{p}には{r}を充てる。",
    "{r}（{p}）を本部長とします。",
)
NAMES = {"cio": ("CIO", "最高情報統括責任者(CIO)"), "ciso": ("CISO", "最高情報セキュリティ責任者")}
COVERS = ("見本町DX推進計画\n\n見本町", "# 見本町 DX推進計画\n\n見本町役場")
WIDE = str.maketrans("0123456789()~", "０１２３４５６７８９（）～")


@st.composite
def documents(draw):
    """Return a document with its period, the posts that it names, and an edition it cites."""
    first = draw(st.integers(5, 12))
    years = draw(st.integers(3, 10))
    last = first + years - 1
    numbers = {
        "a": first, "b": last, "bb": last + 1, "n": years,
        "y": ERA + first, "z": ERA + last, "zz": ERA + last + 1,
    }  # fmt: skip
    period = draw(st.sampled_from(PERIODS)).format(**numbers)
    said = draw(st.sampled_from(SAYINGS)).format(p=period)
    style = draw(st.sampled_from(HEADINGS))
    posts, lines = {}, []
    for post in draw(st.lists(st.sampled_from(sorted(NAMES)), unique=True)):
        rank = draw(st.sampled_from(sorted(RANKS)))
        posts[post] = RANKS[rank]
        name = draw(st.sampled_from(NAMES[post]))
        lines.append(draw(st.sampled_from(POSTS)).format(r=rank, p=name))
    month = draw(st.integers(1, 12))
    sections = [
        ("国の動向", "国は、令和2年12月に計画を策定しました。副知事をCIOとする県もあります。"),
        ("計画期間", said),
        ("推進体制", "\n\n".join(lines) or "今後検討します。"),
        (
            "国の計画",
            f"総務省の「自治体DX推進計画【第5.1版】」（令和8年{month}月）を参考としました。",
        ),
    ]
    body = "\n\n".join(
        f"{style.format(n=number, t=title)}\n\n{text}"
        for number, (title, text) in enumerate(sections, 1)
    )
    cover = draw(
        st.sampled_from(["見本町DX推進計画\n\n見本町", "# 見本町 DX推進計画\n\n見本町役場"])
    )
    text = f"{cover}\n\n{body}\n"
    if draw(st.booleans()):
        text = text.translate(WIDE)
    if draw(st.booleans()):
        text = text.replace("令和", "令 和 ").replace("年度", "年 度")
    return text, (f"令和{first}年度～令和{last}年度"), posts, f"令和8年{month}月"


@pytest.mark.slow
@given(documents())
@of_hundred(30)
def test_what_is_sure_is_right(made):
    """Whatever the layout and the noise, no sure value is another than the truth."""
    text, period, posts, day = made
    data = drafted(text)
    known = sure(data)
    about = known["plan"]
    assert squeezed(about["title"]) == "見本町DX推進計画"
    said, truth = parse_period(data["plan"]["period"]), parse_period(period)
    assert (said.start, said.end) == (truth.start, truth.end)
    for post, provision in known.get("provisions", {}).items():
        if "rank" in provision:
            assert provision["rank"] == posts[post]
    for post, rank in posts.items():
        assert data["provisions"][post].get("rank") == rank
    (cited,) = (each for each in data["plan"]["cites"] if "edition" in each)
    assert cited["edition"] == "5.1"
    assert parse_date(cited["date"]).range == parse_date(day).range


def whole_plans():
    """Return the generator of whole plans, which the bench uses too."""
    spec = importlib.util.spec_from_file_location("made_plans", ROOT / "bench/made_plans.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["made_plans"] = module  # its data class looks itself up
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
@pytest.mark.parametrize("layout", range(1, 9))
@pytest.mark.parametrize("form", ["md", "html", "docx", "pdf"])
def test_whole_plans_in_every_layout_and_format(layout, form):
    """Each measure of a plan is sure, with its owner and days, and nothing else is."""
    made = whole_plans()
    plan = made.noisy(made.made(layout, 1), 1)
    original = original_from(made.written(plan, form), f"plan.{form}")
    data = sure(draft(original, source(), TODAY, invented().named("手本市")[0]).data)
    truth = {squeezed(each["title"]): each for each in plan.truth["measures"]}
    found = {
        next(name for name in truth if squeezed(each["title"]).startswith(name)): each
        for each in data["measures"]
    }
    assert found.keys() == truth.keys()
    assert len(data["measures"]) == len(truth)
    for title, each in found.items():
        for key in ("owner", "status"):
            assert squeezed(each.get(key, "")) in {"", truth[title].get(key, "")}
        for key in ("start", "due", "completed"):
            if key in each:
                said = parse_date(squeezed(each[key])).range
                assert said == parse_date(truth[title][key]).range
    assert {squeezed(each["title"]) for each in data["indicators"]} == {
        squeezed(each["title"]) for each in plan.truth["indicators"]
    }
    assert data["provisions"]["cio"]["rank"] == plan.truth["provisions"]["cio"]["rank"]
