"""Documents of which it is known what they say."""

from __future__ import annotations

from hypothesis import strategies as st

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
