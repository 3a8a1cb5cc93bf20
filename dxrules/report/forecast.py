"""Report of `forecast`: what will fall due, day by day; and the same as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from dxrules.assessment.due_days import Horizon
from dxrules.assessment.forecast import Forecast
from dxrules.report.forecast_lines import ForecastLine, lines
from dxrules.report.plan_header import days, title
from dxrules.report.several_plans import as_table, as_text
from dxrules.report.tabular import Table, column
from dxrules.report.terminal import Style
from dxrules.texts import Text, join, same

HORIZONS: Mapping[Horizon, Text] = {
    "asked": Text("", ""),
    "period": Text("(計画期間の末日)", " (the last day of the plan's period)"),
    "past": Text(
        "(計画期間が終わるので、翌年度末)",
        " (the end of the next fiscal year, as the plan is over)",
    ),
    "unstated": Text(
        "(計画期間の記載がないので、翌年度末)",
        " (the end of the next fiscal year, as the plan states no period)",
    ),
    "cut": Text(
        "(判定が変わり得る日が多いので、ここまで)",
        " (no further, as verdicts may change on very many days)",
    ),
}

_NOTHING = Text(
    "この間に期限が来るもの、判定が変わるものはない", "Nothing falls due, and no verdict changes"
)
_OUTLOOK = Text(
    "※ {known} までに分かっている法令と国の計画による見通しで、その後の改正は含まない",
    "! Rests on what is known of the law and the national plan up to {known}",
)
_HEADERS = (
    Text("日", "day"),
    Text("あと", "in"),
    Text("期限が来るもの・判定が変わる点検項目", "what falls due, or which verdict changes"),
    Text("判定", "verdict"),
)
_TITLE = Text("期限の来るもの・判定が変わるもの", "What falls due, and verdicts that change")
_COLUMNS = (
    column("期限・判定が変わる日", "day due, or of the change", 12, lambda told: told[0]),
    column("あと(日)", "days left", 8, lambda told: told[1]),
    column(
        "期限が来るもの・判定が変わる点検項目",
        "what falls due, or which verdict changes",
        40,
        lambda told: told[2].what,
    ),
    column("対象", "subjects", 36, lambda told: told[2].names),
    column("判定", "verdict", 22, lambda told: told[2].verdict),
    column("理由", "why", 46, lambda told: told[2].why),
    column("担当", "in charge", 18, lambda _: None),
)
_SHOWN = 3
_WHAT = 2


def _table(forecast: Forecast) -> Table:
    """Return a row per thing that falls due or changes, with all of its names."""
    found = (
        (day.day, (day.day - forecast.start).days, line)
        for day in forecast.days
        for line in lines(day, len(forecast.plan.findings))
    )
    return Table.of(_TITLE, forecast.start, _COLUMNS, found)


def _lines(forecast: Forecast, style: Style) -> Iterator[str]:
    plan, start, until = forecast.plan, forecast.start, forecast.until
    yield title(plan.file, style)
    window = Text(f"{start} から {until} まで", f"from {start} to {until}")
    known = plan.lawbook.known_until
    for text in (window + HORIZONS[forecast.horizon], *days(plan)):
        yield from style.block(text, 2, 2)
    if start <= known < until:
        yield from style.block(_OUTLOOK.format(known=str(known)), 2, 2)
    yield ""
    if not forecast.days:
        yield style.say(_NOTHING)
        return
    rows = list(_rows(forecast, style))
    yield style.table(rows, _HEADERS, {_WHAT})
    yield ""
    yield from style.block(_sum(forecast), 0, 2)


def _rows(forecast: Forecast, style: Style) -> Iterator[tuple[str, str, str, str]]:
    for day in forecast.days:
        when, left = day.day.isoformat(), style.say(_left((day.day - forecast.start).days))
        for line in lines(day, _SHOWN):
            verdict = "" if line.verdict is None else style.say(line.verdict)
            yield when, left, _what(line, style), verdict
            when = left = ""


def _left(number: int) -> Text:
    if not number:
        return Text("当日", "today")
    return Text(f"{number}日", f"{number} days" if number > 1 else "1 day")


def _what(line: ForecastLine, style: Style) -> str:
    names = "" if line.names is None else f" [{style.say(line.names)}]"
    why = "" if line.why is None else f": {style.say(line.why)}"
    return style.say(line.what) + names + why


def _sum(forecast: Forecast) -> Text:
    changes = sum(len(day.changes) for day in forecast.days)
    changing = sum(bool(day.changes) for day in forecast.days)
    told = join(map(same, forecast.first.engines))
    return Text(
        f"判定の変更 {changes}件、変わる日 {changing}日。エンジン: {told.ja}",
        f"Verdicts that change: {changes}. Days on which they do: {changing}. Engines: {told.en}",
    )


text = partial(as_text, lines_of=_lines)
"""Returns the lines of forecasts."""

rows = partial(as_table, rows=_table)
"""Returns the rows of forecasts, with the town where there may be several."""
