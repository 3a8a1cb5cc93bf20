from __future__ import annotations

import shutil
from datetime import date

import pytest

from dxrules.errors import RulesetError
from dxrules.reference import data_root, load_reference
from dxrules.reference import load as loading
from dxrules.texts import Text
from tests.helpers.plans import reference

HERE = "rulesets/national/reference"


def test_lists_of_the_nation():
    """There are 20 tasks and 47 prefectures, and every list has its entries."""
    known = reference()
    assert len(known.tasks) == 20
    assert list(known.prefectures) == [f"{number:02}" for number in range(1, 48)]
    assert known.prefectures["34"].name == Text("広島県", "Hiroshima")
    assert all(known.known().values())


def test_plan_files_can_name_these_lists():
    """A plan file can name the ids of seven lists, in the order in which the lists have them."""
    known = reference().known()
    assert sorted(known) == [
        "areas",
        "charges",
        "documents",
        "editions",
        "problems",
        "provisions",
        "tasks",
    ]
    assert known["areas"] == list(reference().areas)


def test_editions_list_areas():
    """Each edition's items, and what is to be taken up beside them, are areas, each named once."""
    areas = reference().areas.keys()
    for edition in reference().editions.values():
        named = [*edition.items, *(edition.alongside or ()), *(edition.optional or ())]
        assert edition.items
        assert set(named) <= areas
        assert len(set(named)) == len(named)


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        (date(2020, 12, 24), None),
        (date(2020, 12, 25), "1.0"),
        (date(2022, 9, 1), "1.0"),
        (date(2022, 9, 2), "2.0"),
        (date(2023, 1, 20), "2.0"),
        (date(2024, 2, 5), "2.3"),
        (date(2024, 12, 30), "2.3"),
        (date(2024, 12, 31), "3.0"),  # known to the year: from its last day
        (date(2025, 3, 28), "4.0"),
        (date(2025, 12, 17), "5.0"),
        (date(2026, 1, 30), "5.0"),
        (date(2026, 1, 31), "5.1"),  # known to the month
        (date(9999, 12, 31), "5.1"),
    ],
)
def test_edition_of_a_day(day, edition):
    """The edition of a day is the newest that surely exists and whose items are known."""
    found = reference().edition_on(day)
    assert (found and found.id) == edition


def test_sources_are_told_apart_by_list():
    """Each list has its own keys for sources, and each entry's source is among all of them."""
    known = reference()
    for kind in ("editions", "guideline", "history", "prerequisites"):
        for entry in getattr(known, kind).values():
            assert entry.source.startswith(f"{kind}/")
            assert entry.source in known.sources


def test_knowledge_ends_with_the_list_that_ends_first(broken):
    """The reference data are known until the earliest day of all lists."""
    broken("tasks", "known_until: 2026-09-30", "known_until: 2026-03-31")
    assert load_reference(broken.root).known_until == date(2026, 3, 31)


def test_data_of_the_wheel_come_first(tmp_path, monkeypatch):
    """Installed, the data lie in the package; in a checkout, beside it."""
    checkout = data_root()
    assert (checkout / "rulesets").is_dir()
    module = tmp_path / "dxrules" / "reference" / "load.py"
    (tmp_path / "dxrules" / "_data").mkdir(parents=True)
    monkeypatch.setattr(loading, "__file__", str(module))
    assert data_root() == tmp_path / "dxrules" / "_data"


# Faults


@pytest.fixture
def broken(tmp_path):
    """Return a function that changes a text of a copied list, and tells the place of the >."""
    root = tmp_path / "rulesets"
    shutil.copytree(data_root() / HERE, root / "national" / "reference")

    def change(name, old, new):
        path = root / "national" / "reference" / f"{name}.yaml"
        text = path.read_text("utf-8")
        assert text.count(old) == 1
        before, mark, _ = new.partition(">")
        path.write_text(text.replace(old, new.replace(mark, "") if mark else new), "utf-8")
        lines = (text.partition(old)[0] + before).split("\n")
        return f"{HERE}/{name}.yaml:{len(lines)}:{len(lines[-1]) + 1}"

    change.root = root
    return change


def _faults(root):
    with pytest.raises(RulesetError) as caught:
        load_reference(root)
    return [problem.text for problem in caught.value.problems]


FAULTS = {
    "an unknown source": (
        ("prerequisites", "kind: informs, source: koge", "kind: informs, source: >kogi"),
        "entries[4].source: 「kogi」は sources にありません。もしかして: koge",
        'entries[4].source: "kogi" is not in sources. Did you mean koge?',
    ),
    "an unknown area": (
        ("provisions", "{id: ai-guideline, area: ai,", "{id: ai-guideline, area: >aii,"),
        "entries[33].area: 「aii」は areas.yaml にありません。もしかして: ai",
        'entries[33].area: "aii" is not in areas.yaml. Did you mean ai?',
    ),
    "an unknown area among others": (
        ("editions", "optional: [bpr, open-data]", "optional: [bpr, >open-dat]"),
        "entries[6].optional[1]: 「open-dat」は areas.yaml にありません。もしかして: open-data",
        'entries[6].optional[1]: "open-dat" is not in areas.yaml. Did you mean open-data?',
    ),
    "an unknown prefecture": (
        (
            "documents",
            'issuer: prefecture, prefecture: "06"',
            'issuer: prefecture, prefecture: >"60"',
        ),
        (
            "entries[16].prefecture: 「60」は prefectures.yaml にありません。"
            "新しいものなら、先に prefectures.yaml に加えてください。"
        ),
        (
            'entries[16].prefecture: "60" is not in prefectures.yaml. '
            "If it is new, add it to prefectures.yaml first."
        ),
    ),
    "an unknown document": (
        (
            "history",
            "document: priority-plan, on: 2021-12",
            "document: >priority-plans, on: 2021-12",
        ),
        (
            "entries[23].document: 「priority-plans」は documents.yaml にありません。"
            "もしかして: priority-plan"
        ),
        (
            'entries[23].document: "priority-plans" is not in documents.yaml. '
            "Did you mean priority-plan?"
        ),
    ),
    "a source of an unknown document": (
        (
            "history",
            '001069408.pdf", document: ministers-guideline}',
            '001069408.pdf", document: >minister-guideline}',
        ),
        (
            "sources.minister-draft.document: "
            "「minister-guideline」は documents.yaml にありません。"
            "もしかして: ministers-guideline"
        ),
        (
            'sources.minister-draft.document: "minister-guideline" is not in documents.yaml.'
            " Did you mean ministers-guideline?"
        ),
    ),
    "a day that there is not": (
        ("guideline", 'id: "2001-03", on: 2001-03-30', 'id: "2001-03", on: >2001-02-30'),
        "entries[0].on: 「2001-02-30」の30日はありません。その月の最後の日は2001-02-28です。",
        'entries[0].on: "2001-02-30" has a day 30. The last day of that month is 2001-02-28.',
    ),
    "a day without an end": (
        ("guideline", "on: 2018-09,", "on: >令和元年以降,"),
        "entries[1].on: いつまでに始まったかが分かりません。日・月・年を書いてください。",
        "entries[1].on: It does not say by when the entry began. Write a day, a month or a year.",
    ),
    "a language that lacks": (
        ("documents", "{ja: その他, en: Other}", ">{ja: その他}"),
        "entries[10].name.en: 必須のキーがありません。",
        "entries[10].name.en: This key is required.",
    ),
    "a format of the future": (
        ("tasks", "format: dxrules/reference/1", "format: >dxrules/reference/2"),
        (
            "format: この dxrules が読める形式は dxrules/reference/1 です。"
            "dxrules/reference/2 を読むには新しい版の dxrules が必要です。"
        ),
        (
            "format: This dxrules reads dxrules/reference/1."
            " A newer dxrules is needed to read dxrules/reference/2."
        ),
    ),
}
"""What is changed in which list, with > where the fault is, and what is said about it."""


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_of_a_list(fault, broken):
    """A list that is wrong stops the run, with one message at the place of the fault."""
    change, ja, en = FAULTS[fault]
    place = broken(*change)
    assert _faults(broken.root) == [Text(f"{place}: {ja}", f"{place}: {en}")]


def test_id_that_stands_twice(broken):
    """An id that stands twice is told with both places."""
    first = broken("areas", "{id: ai,", "{id: >ai,").removeprefix(f"{HERE}/areas.yaml:")
    place = broken("areas", "{id: telework,", "{id: >ai,")
    line, column = first.split(":")
    assert _faults(broken.root) == [
        Text(
            f"{place}: entries[7].id: 「ai」は2回あります(最初は{line}行{column}列)。"
            "一意な id を付けてください。",
            f'{place}: entries[7].id: "ai" stands twice (first at {first}). Give each its own id.',
        )
    ]


@pytest.mark.parametrize("name", ["areas", "documents"])
def test_list_that_is_not_there(broken, name):
    """A missing list is named; what refers to it is not held against the other lists."""
    (broken.root / "national" / "reference" / f"{name}.yaml").unlink()
    assert _faults(broken.root) == [
        Text(
            f"{HERE}/{name}.yaml:1:1: ファイルがありません。",
            f"{HERE}/{name}.yaml:1:1: No such file.",
        )
    ]


def test_what_happened_to_a_document():
    """The events of a document come in order; two documents have a list of their own."""
    known = reference()
    events = [(entry.id, entry.holds_from) for entry, _ in known.events("standardization-policy")]
    assert events == [
        ("standardization-policy-2022", date(2022, 10, 7)),
        ("standardization-policy-2023", date(2023, 9, 8)),
        ("standardization-policy-2024", date(2024, 12, 24)),
    ]
    assert [entry for entry, _ in known.events("dx-promotion-plan")] == [*known.editions.values()]
    assert [entry for entry, _ in known.events("security-guideline")] == [*known.guideline.values()]
    assert all(what for name in known.documents for _, what in known.events(name))
    assert known.events("other") == []


def test_documents_of_a_prefecture():
    """A document is one of its prefecture; that without a code is one of any."""
    documents = reference().documents
    assert documents["tochigi-smart-city"].is_of("09")
    assert not documents["tochigi-smart-city"].is_of("10")
    assert documents["prefecture-plan"].is_of("10")
    assert not documents["dx-promotion-plan"].is_of("10")


def test_faults_of_several_lists(broken):
    """All faults of all lists are told at once, in order of file and place."""
    places = [
        broken("areas", "{id: telework,", "{id: >ai,"),
        broken("areas", "{id: talent,", "{id: >bpr,"),
        broken("charges", "tier: unspecified", "tier: >unspecifid"),
        broken("tasks", "{id: child-allowance,", "{id: child-allowance, >di: x,"),
    ]
    assert [text.en.split(": ")[0] for text in _faults(broken.root)] == places
