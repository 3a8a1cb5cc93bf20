"""The queries of the questions that have names: title in both languages, what each needs, SQL."""

from __future__ import annotations

from collections.abc import Mapping

_RUN = """now AS (
  SELECT run, day FROM runs
  WHERE $run::VARCHAR IS NULL OR $run::VARCHAR IN (run::VARCHAR, id, day::VARCHAR)
  ORDER BY day DESC, run DESC LIMIT 1
)"""
_BEFORE = """earlier AS (
  SELECT r.run FROM runs r, now
  WHERE CASE WHEN $before::VARCHAR IS NULL THEN (r.day, r.run) < (now.day, now.run)
    ELSE $before::VARCHAR IN (r.run::VARCHAR, r.id, r.day::VARCHAR) END
  ORDER BY r.day DESC, r.run DESC LIMIT 1
)"""
_HERE = "($prefecture::VARCHAR IS NULL OR prefecture_code = $prefecture::VARCHAR)"
COUNTS = """
  count(*) FILTER (outcome = 'pass') AS passes,
  count(*) FILTER (outcome = 'fail') AS fails,
  count(*) FILTER (outcome = 'unknown') AS undetermined,
  count(*) FILTER (outcome = 'waived') AS waived,
  count(*) FILTER (outcome = 'error') AS errors,
  count(*) FILTER (outcome = 'not_applicable') AS not_applicable"""
BOUNDS = """
  count(*) FILTER (outcome = 'fail') AS fails_at_least,
  count(*) FILTER (outcome IN ('fail', 'unknown', 'error')) AS fails_at_most"""
"""What views count as well: outcomes, and between which bounds failures lie."""
_OF_RULE = "($rule::VARCHAR IS NULL OR rule = $rule::VARCHAR)"
_OF_STRENGTH = "($strength::VARCHAR IS NULL OR strength = $strength::VARCHAR)"
_STANDING = """judged AS (
  SELECT f.* FROM findings f SEMI JOIN now USING (run)
  WHERE standing AND {here} AND {rule} AND {strength}
)"""
_GRAVITY = """list_position(
  ['error', 'fail', 'unknown', 'waived', 'pass', 'not_applicable'], outcome)"""
_SIDES = """side AS (
  SELECT run, code, rule, min({gravity}) AS gravity,
    arg_min(outcome, {gravity}) AS outcome,
    arg_min(outcome_ja, {gravity}) AS outcome_ja,
    arg_min(outcome_en, {gravity}) AS outcome_en,
    arg_min(finding, {gravity}) AS finding, arg_min(plan, {gravity}) AS plan
  FROM findings
  WHERE standing AND run IN (FROM (SELECT run FROM now UNION ALL SELECT run FROM earlier))
    AND {here} AND {rule}
    AND code IN (SELECT code FROM towns SEMI JOIN now USING (run))
    AND code IN (SELECT code FROM towns SEMI JOIN earlier USING (run))
  GROUP BY run, code, rule
), changed AS (
  SELECT code, rule, a.outcome AS before, a.outcome_ja AS before_ja, a.outcome_en AS before_en,
    b.outcome AS after, b.outcome_ja AS after_ja, b.outcome_en AS after_en, b.plan, b.finding
  FROM (SELECT s.* FROM side s SEMI JOIN earlier USING (run)) a
  FULL JOIN (SELECT s.* FROM side s SEMI JOIN now USING (run)) b USING (code, rule)
  WHERE a.outcome IS DISTINCT FROM b.outcome
)"""


def _filled(sql: str) -> str:
    """Return a query with what several share in its places."""
    shared = {
        "{run}": _RUN,
        "{before}": _BEFORE,
        "{standing}": _STANDING,
        "{sides}": _SIDES,
        "{gravity}": _GRAVITY,
        "{counts}": COUNTS,
        "{bounds}": BOUNDS,
        "{here}": _HERE,
        "{rule}": _OF_RULE,
        "{strength}": _OF_STRENGTH,
    }
    for name, part in shared.items():
        sql = sql.replace(name, part)
    return sql.strip()


_TITLED = """WITH {run}, {standing}
SELECT rule, any_value(u.title_ja) AS rule_title_ja, any_value(u.title_en) AS rule_title_en,
  any_value(u.strength_ja) AS strength_ja, any_value(u.strength_en) AS strength_en,
  count(*) AS plans, {counts}, {bounds}
FROM judged JOIN rules u USING (run, rule)
GROUP BY rule ORDER BY fails_at_least DESC, fails_at_most DESC, rule"""

_QUERIES: Mapping[str, tuple[str, str, tuple[str, ...], str]] = {
    "runs": (
        "このデータベースにある回",
        "Runs in this database",
        (),
        """SELECT run, id, day, version, plans, unread FROM runs ORDER BY day, run""",
    ),
    "missing": (
        "点検項目が不適合の団体と要確認の団体",
        "Municipalities that miss a rule, and those of which it is undetermined",
        ("rule",),
        """WITH {run}, {standing}
SELECT t.code, t.prefecture_ja, t.prefecture_en, t.name_ja, t.name_en,
  j.outcome_ja, j.outcome_en, w.reason_ja, w.reason_en, j.file, j.line
FROM judged j JOIN towns t USING (run, code, plan)
LEFT JOIN reasons w ON w.run = j.run AND w.code = j.code AND w.plan = j.plan
  AND w.finding = j.finding AND w.number = 1
WHERE j.outcome IN ('fail', 'unknown', 'error')
ORDER BY j.outcome <> 'error', j.outcome <> 'fail', t.code, j.plan""",
    ),
    "due": (
        "判定日から後に期日の来るもの",
        "What falls due from the day judged on",
        (),
        """WITH {run}
SELECT d.due_to, d.days_left, d.code, t.prefecture_ja, t.prefecture_en, t.name_ja, t.name_en,
  d.kind_ja, d.kind_en, d.label_ja, d.label_en, d.rule, d.outcome_ja, d.outcome_en
FROM days d SEMI JOIN now USING (run) JOIN towns t USING (run, code, plan)
WHERE d.days_left >= 0 AND ($until::VARCHAR IS NULL OR d.due_to <= $until::DATE)
  AND ($prefecture::VARCHAR IS NULL OR d.prefecture_code = $prefecture::VARCHAR)
  AND ($town::VARCHAR IS NULL OR d.code = $town::VARCHAR)
ORDER BY d.due_to, d.code, d.plan, d.kind, d.key, d.rule""",
    ),
    "overdue": (
        "判定日までに期日が過ぎ、適合していないもの(不適合が先)",
        "What fell due before the day judged, and does not pass: failures first",
        (),
        """WITH {run}
SELECT d.due_to, -d.days_left AS days_past, d.code, t.prefecture_ja, t.prefecture_en,
  t.name_ja, t.name_en, d.label_ja, d.label_en, d.rule, d.outcome_ja, d.outcome_en
FROM days d SEMI JOIN now USING (run) JOIN towns t USING (run, code, plan)
WHERE d.days_left < 0 AND d.outcome IN ('fail', 'unknown', 'error')
  AND ($prefecture::VARCHAR IS NULL OR d.prefecture_code = $prefecture::VARCHAR)
  AND ($town::VARCHAR IS NULL OR d.code = $town::VARCHAR)
  AND ($rule::VARCHAR IS NULL OR d.rule = $rule::VARCHAR)
ORDER BY d.outcome = 'unknown', d.due_to, d.code, d.plan, d.kind, d.key, d.rule""",
    ),
    "due-by-month": (
        "月ごとの、判定日から後に期日の来るものの数",
        "How much falls due from the day judged on, month by month",
        (),
        """WITH {run}
SELECT strftime(due_to, '%Y-%m') AS month, kind_ja, kind_en, count(DISTINCT code) AS towns,
  count(*) AS days
FROM days SEMI JOIN now USING (run)
WHERE days_left >= 0 AND ($until::VARCHAR IS NULL OR due_to <= $until::DATE) AND {here}
GROUP BY month, kind_ja, kind_en ORDER BY month, kind_en""",
    ),
    "questions": (
        "質問(尋ねる団体の多い順)",
        "Questions that are asked of most municipalities",
        (),
        """WITH {run}
SELECT pattern_ja, pattern_en, any_value(rule) AS rule, bool_or(duty) AS duty,
  count(DISTINCT code) AS towns, sum(settles)::BIGINT AS settles, min(due_to) AS first_due
FROM questions SEMI JOIN now USING (run)
WHERE {here} AND {strength}
GROUP BY pattern_ja, pattern_en
ORDER BY towns DESC, duty DESC, settles DESC, pattern_ja""",
    ),
    "ask-first": (
        "先に尋ねる団体(義務に関わる質問の多い順)",
        "Municipalities to ask first: most questions on duties",
        (),
        """WITH {run}
SELECT code, any_value(t.prefecture_ja) AS prefecture_ja,
  any_value(t.prefecture_en) AS prefecture_en, any_value(t.name_ja) AS name_ja,
  any_value(t.name_en) AS name_en, count(*) FILTER (duty) AS duties, count(*) AS questions,
  sum(settles)::BIGINT AS settles, min(q.due_to) FILTER (duty) AS first_due,
  any_value(t.file) AS file
FROM questions q SEMI JOIN now USING (run) JOIN towns t USING (run, code, plan)
WHERE ($prefecture::VARCHAR IS NULL OR q.prefecture_code = $prefecture::VARCHAR)
  AND ($rule::VARCHAR IS NULL OR list_contains(string_split(q.rules, ', '), $rule::VARCHAR))
GROUP BY code ORDER BY duties DESC, settles DESC, code""",
    ),
    "coverage": (
        "点検項目ごとの判定(不適合の多い順)",
        "Outcomes by rule, what fails most first",
        (),
        _TITLED,
    ),
    "coverage-by-prefecture": (
        "都道府県ごとの判定",
        "Outcomes by prefecture",
        (),
        """WITH {run}, {standing}, every AS (
  SELECT prefecture_code, any_value(prefecture_ja) AS prefecture_ja,
    any_value(prefecture_en) AS prefecture_en, count(*) AS municipalities
  FROM municipalities WHERE {here} GROUP BY prefecture_code
), counted AS (
  SELECT prefecture_code, count(DISTINCT code) AS towns, {counts}, {bounds}
  FROM judged GROUP BY prefecture_code
)
SELECT prefecture_ja, prefecture_en, municipalities, * EXCLUDE
  (prefecture_code, prefecture_ja, prefecture_en, municipalities)
FROM every JOIN counted USING (prefecture_code) ORDER BY prefecture_code""",
    ),
    "coverage-by-kind": (
        "団体の区分(市・区・町・村)ごとの判定",
        "Outcomes by kind of municipality",
        (),
        """WITH {run}, {standing}
SELECT t.kind_ja AS town_kind_ja, t.kind_en AS town_kind_en, count(DISTINCT code) AS towns,
  {counts}, {bounds}
FROM judged JOIN (SELECT run, code, plan, kind_ja, kind_en FROM towns) t USING (run, code, plan)
GROUP BY t.kind_ja, t.kind_en ORDER BY towns DESC, town_kind_en""",
    ),
    "coverage-by-area": (
        "分野ごとの、対象の判定",
        "Outcomes of subjects by field of work",
        (),
        """WITH {run}
SELECT coalesce(any_value(area_name_ja), '(分野なし)') AS area_name_ja,
  coalesce(any_value(area_name_en), '(none)') AS area_name_en, count(DISTINCT code) AS towns,
  {counts}
FROM findings SEMI JOIN now USING (run)
WHERE {here} AND {strength} AND ($area::VARCHAR IS NULL OR area = $area::VARCHAR)
GROUP BY area ORDER BY fails DESC, undetermined DESC, area""",
    ),
    "coverage-by-strength": (
        "強さごとの判定",
        "Outcomes by strength",
        (),
        """WITH {run}, {standing}
SELECT any_value(strength_ja) AS strength_ja, any_value(strength_en) AS strength_en,
  count(DISTINCT rule) AS rule_count, {counts}
FROM judged GROUP BY strength ORDER BY fails DESC, strength""",
    ),
    "towns": (
        "団体ごとの判定(法的義務の不適合が多い順)",
        "Outcomes by municipality, most legal duties failed first",
        (),
        """WITH {run}, {standing}
SELECT t.code, any_value(t.prefecture_ja) AS prefecture_ja,
  any_value(t.prefecture_en) AS prefecture_en, any_value(t.name_ja) AS name_ja,
  any_value(t.name_en) AS name_en, any_value(t.title) AS title,
  count(*) FILTER (outcome = 'fail' AND strength = 'statute' AND NOT draft) AS duties_failed,
  count(*) FILTER (outcome = 'unknown' AND strength = 'statute' AND NOT draft)
    AS duties_undetermined, {counts}
FROM judged JOIN (
  SELECT run, code, plan, prefecture_ja, prefecture_en, name_ja, name_en, title FROM towns
) t USING (run, code, plan)
GROUP BY t.code, judged.plan ORDER BY duties_failed DESC, duties_undetermined DESC, t.code""",
    ),
    "unjudged": (
        "判定していない団体(計画ファイルがない、または読めない)",
        "Municipalities that were not judged: no plan file, or one that cannot be read",
        (),
        """WITH {run}
SELECT code, prefecture_ja, prefecture_en, name_ja, name_en
FROM municipalities WHERE {here}
  AND code NOT IN (SELECT code FROM towns SEMI JOIN now USING (run))
ORDER BY code""",
    ),
    "unread": (
        "読めなかったファイル",
        "Files that could not be read",
        (),
        """WITH {run}
SELECT file, message_ja, message_en FROM unread_files SEMI JOIN now USING (run) ORDER BY file""",
    ),
    "changes": (
        "二つの回の間で判定が変わった団体",
        "Municipalities whose outcomes changed between two runs",
        (),
        """WITH {run}, {before}, {sides}
SELECT c.code, m.prefecture_ja, m.prefecture_en, m.name_ja, m.name_en, c.rule,
  coalesce(u.title_ja, v.title_ja) AS rule_title_ja,
  coalesce(u.title_en, v.title_en) AS rule_title_en,
  coalesce(c.before_ja, '適用前') AS before_ja, coalesce(c.before_en, 'new') AS before_en,
  coalesce(c.after_ja, '適用終了') AS after_ja,
  coalesce(c.after_en, 'no longer in force') AS after_en, w.reason_ja, w.reason_en
FROM changed c CROSS JOIN now
LEFT JOIN (
  SELECT code, arg_max(prefecture_ja, run) AS prefecture_ja,
    arg_max(prefecture_en, run) AS prefecture_en, arg_max(name_ja, run) AS name_ja,
    arg_max(name_en, run) AS name_en FROM towns GROUP BY code
) m USING (code)
LEFT JOIN (SELECT u.* FROM rules u SEMI JOIN now USING (run)) u ON u.rule = c.rule
LEFT JOIN (SELECT v.* FROM rules v SEMI JOIN earlier USING (run)) v ON v.rule = c.rule
LEFT JOIN reasons w ON w.run = now.run AND w.code = c.code AND w.plan = c.plan
  AND w.finding = c.finding AND w.number = 1
ORDER BY c.code, c.rule""",
    ),
    "changes-by-rule": (
        "点検項目ごとの、二つの回の間で判定が変わった団体の数",
        "How many municipalities' outcomes changed between two runs, by rule",
        (),
        """WITH {run}, {before}, {sides}
SELECT c.rule, any_value(u.title_ja) AS rule_title_ja, any_value(u.title_en) AS rule_title_en,
  count(*) FILTER (after = 'fail') AS newly_failing,
  count(*) FILTER (before = 'fail' AND after IN ('pass', 'waived', 'not_applicable'))
    AS mended,
  count(*) FILTER (after = 'unknown') AS newly_undetermined,
  count(*) FILTER (before = 'unknown' AND after IN ('pass', 'fail', 'waived', 'not_applicable'))
    AS settled
FROM changed c
LEFT JOIN (
  SELECT rule, arg_max(title_ja, run) AS title_ja, arg_max(title_en, run) AS title_en
  FROM rules GROUP BY rule
) u USING (rule)
GROUP BY c.rule ORDER BY newly_failing DESC, mended DESC, c.rule""",
    ),
}
QUERIES: Mapping[str, tuple[str, str, tuple[str, ...], str]] = {
    name: (ja, en, needed, _filled(sql)) for name, (ja, en, needed, sql) in _QUERIES.items()
}
"""Of each: the title in Japanese and English, the values that it needs, and its SQL."""
