"""Why a document cannot be read, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dxrules.errors import UsageError
from dxrules.source.bounds import DOCUMENT, DOCUMENT_PAGES, DOCUMENT_SIGNS, MB
from dxrules.texts import Text, same

_SMALLER: Final = Text(
    "要る部分だけのファイルにするか、写真を除いて保存し直してください。",
    "Keep only the part that is needed, or save it again without its pictures.",
)
_AGAIN: Final = Text(
    "もう一度ダウンロードするか、元のソフトで開いて保存し直してください。",
    "Download it again, or open it in its own program and save it again.",
)
_AS_PDF: Final = Text(
    "元のソフトで開き、PDFか .docx・.xlsx として保存し直してください。",
    "Open it in its own program and save it as PDF, .docx or .xlsx.",
)

FAULTS: Final[Mapping[str, tuple[Text, Text]]] = {
    "scan": (
        Text(
            "文字の入っていないPDF(紙をスキャンしたものなど)です。",
            "A PDF without text, such as a scan of paper.",
        ),
        Text(
            "OCRソフトで文字を読み取らせて保存し直すか、元のWord等のファイルを指定してください。",
            "Let a program for OCR add the text, or name the file that it was printed from.",
        ),
    ),
    "encrypted": (
        Text("パスワードで保護されています。", "It is protected by a password."),
        Text(
            "パスワードを外して保存し直してください。",
            "Save it again without the password.",
        ),
    ),
    "broken": (Text("壊れていて読めません。", "It is damaged and cannot be read."), _AGAIN),
    "empty": (Text("文字がありません。", "There is no text in it."), _AGAIN),
    "large": (
        Text(
            f"大きすぎます({DOCUMENT.packed // MB} MBまで、"
            f"展開して{DOCUMENT.unpacked // MB} MBまで)。",
            f"It is too large (at most {DOCUMENT.packed // MB} MB, "
            f"{DOCUMENT.unpacked // MB} MB unpacked).",
        ),
        _SMALLER,
    ),
    "pages": (
        Text(
            f"{DOCUMENT_PAGES}ページを超えています。", f"It has more than {DOCUMENT_PAGES} pages."
        ),
        _SMALLER,
    ),
    "signs": (
        Text(
            f"文字や表が多すぎます({DOCUMENT_SIGNS:,}字まで)。",
            f"It has too much text or too many cells (at most {DOCUMENT_SIGNS:,} characters).",
        ),
        _SMALLER,
    ),
    "deep": (Text("入れ子が深すぎます。", "It is nested too deeply."), _AGAIN),
    "slow": (
        Text("読むのに時間がかかりすぎます。", "Reading it takes too long."),
        _SMALLER,
    ),
    "memory": (Text("読むのにメモリが足りません。", "Reading it takes too much memory."), _SMALLER),
    "encoding": (
        Text(
            "文字コードが分かりません(UTF-8、UTF-16、Shift_JIS、EUC-JP、ISO-2022-JP を読みます)。",
            "Its encoding is none that is read: UTF-8, UTF-16, Shift_JIS, EUC-JP, ISO-2022-JP.",
        ),
        Text("UTF-8で保存し直してください。", "Save it again as UTF-8."),
    ),
    "picture": (
        Text("画像は読めません。", "A picture is not read."),
        Text(
            "OCRソフトで文字を読み取らせ、PDFか文字のファイルを指定してください。",
            "Let a program for OCR read it, and name the PDF or the text.",
        ),
    ),
    "old": (
        Text(
            "Word・Excel・一太郎などの旧形式か、ほかのソフトの形式のファイルは読めません。",
            "A file of old Word, Excel or Ichitaro, or of another program, is not read.",
        ),
        _AS_PDF,
    ),
    "sheets": (
        Text(
            "Excel ブック(.xlsx)でない表計算のファイルは読めません。",
            "A spreadsheet other than an Excel workbook (.xlsx) is not read.",
        ),
        Text(
            "Excelなどで開き、「Excel ブック (*.xlsx)」として保存し直してください。",
            "Open it in Excel, for example, and save it again as an Excel workbook (.xlsx).",
        ),
    ),
    "archive": (
        Text("ZIPファイルは読めません。", "A ZIP archive is not read."),
        Text("展開して、中の文書を指定してください。", "Unpack it, and name the document in it."),
    ),
    "own": (
        Text("dxrules のファイルで、文書ではありません。", "A file of dxrules is no document."),
        Text(
            "計画書(PDFやWordなど)を指定してください。計画ファイルは、dxrules check で判定するか、"
            "点検画面の「計画ファイル」で開いてください。",
            "Name the document itself, such as its PDF. A plan file is judged by dxrules check, or "
            "opened at the desk as a plan file.",
        ),
    ),
    "pointer": (
        Text(
            "文書そのものではなく、Git LFS の参照ファイルです。",
            "Not the document itself, but a pointer of Git LFS to it.",
        ),
        Text("`git lfs pull` で取得してください。", "Get it with `git lfs pull`."),
    ),
    "extra": (
        Text(
            "この形式を読むには追加のライブラリが要ります。",
            "Reading this format needs further libraries.",
        ),
        Text(
            "pip install 'dxrules[draft]' で入ります。",
            "Install them: pip install 'dxrules[draft]'.",
        ),
    ),
}
"""By a name, which the process that reads a document hands back."""


class DocumentFault(Exception):  # noqa: N818  (what DocumentError tells people of)
    """A document cannot be read; `name` is one of `FAULTS`."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class DocumentError(UsageError):
    """A document cannot be read: its name, why, and what to do."""

    def __init__(self, file: str, fault: str) -> None:
        message, hint = FAULTS[fault]
        super().__init__(same(f"{file}: ") + message.then(hint))
        self.fault = fault
