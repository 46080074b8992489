"""Reads a rule-book folder, or says everything that is wrong with it at once."""

import hashlib
import io
import tomllib
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError
from pydantic import ValidationError

from contests.rulebook.consistency import contradictions
from contests.rulebook.schema import PictureFile, RuleBook

RULEBOOKS_DIR = Path(__file__).resolve().parent.parent / "rulebooks"
DOCUMENT = "rulebook.toml"
FROM_FILES = {"texts": "texts/*.md", "pictures": "the folder pictures/"}
MEDIA_TYPES = {
    ".avif": "image/avif",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
WORDS = {"extra_forbidden": "this key is unknown", "missing": "this key is missing"}


@dataclass(frozen=True)
class Problem:
    """One fault: where it stands, and why it is one."""

    file: str
    key: str
    reason: str

    def __str__(self):
        return ": ".join(part for part in (self.file, self.key, self.reason) if part)


class RuleBookError(Exception):
    """The folder is no rule book; `problems` tells each fault with file and key."""

    def __init__(self, problems):
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def default_rulebook() -> Path:
    """The folder that contests/rulebooks/default names."""
    key = (RULEBOOKS_DIR / "default").read_text(encoding="utf-8").strip()
    return RULEBOOKS_DIR / key


def find_rulebook(name: str | None = None) -> Path:
    """The folder of a rule book by its key or its path; the default one without."""
    if not name:
        return default_rulebook()
    shipped = RULEBOOKS_DIR / name
    return shipped if shipped.is_dir() else Path(name)


def load_rulebook(path: Path) -> RuleBook:
    """The rule book in a folder, whole and free of contradictions."""
    path = Path(path)
    folder = path.parent if path.name == DOCUMENT else path
    document = _document(folder)
    texts, text_problems = _texts(folder)
    pictures, picture_problems = _pictures(folder)
    problems = [*_misplaced(document), *text_problems, *picture_problems]
    try:
        book = RuleBook.model_validate(
            document | {"texts": texts, "pictures": pictures}
        )
    except ValidationError as error:
        schema_problems = [_told(each, document) for each in error.errors()]
        raise RuleBookError([*schema_problems, *problems]) from None
    problems += [Problem(DOCUMENT, *each) for each in contradictions(book)]
    if problems:
        raise RuleBookError(problems)
    return book


def _document(folder):
    file = folder / DOCUMENT
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError:
        raise RuleBookError(
            [Problem(str(file), "", "there is no such file, or it cannot be read")]
        ) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        reason = f"line {line} is not UTF-8; save the file as UTF-8"
        raise RuleBookError([Problem(DOCUMENT, "", reason)]) from None
    except (tomllib.TOMLDecodeError, ValueError) as error:
        raise RuleBookError([Problem(DOCUMENT, "", str(error))]) from None


def _misplaced(document):
    """Keys of the file that the folder's other files fill."""
    for key, source in FROM_FILES.items():
        if key in document:
            yield Problem(DOCUMENT, key, f"leave this out: it comes from {source}")


def _texts(folder):
    texts, problems = {}, []
    for file in sorted((folder / "texts").glob("*.md")):
        try:
            text = file.read_text(encoding="utf-8").strip()
        except UnicodeDecodeError:
            problems.append(Problem(f"texts/{file.name}", "", "this is not UTF-8"))
            continue
        if not text:
            problems.append(Problem(f"texts/{file.name}", "", "this text is empty"))
        elif not text.startswith("# "):
            reason = 'the first line must be the title, "# …"'
            problems.append(Problem(f"texts/{file.name}", "", reason))
        else:
            texts[file.stem] = text
    return texts, problems


def _pictures(folder):
    pictures, problems = {}, []
    for file in sorted((folder / "pictures").glob("[!.]*")):
        try:
            pictures[file.name] = _picture(file)
        except ValueError as error:
            problems.append(Problem(f"pictures/{file.name}", "", str(error)))
    return pictures, problems


def _picture(file):
    media_type = MEDIA_TYPES.get(file.suffix)
    if media_type is None:
        raise ValueError(f"only {', '.join(MEDIA_TYPES)} belong here")
    content = file.read_bytes()
    try:
        with Image.open(io.BytesIO(content)) as image:
            found = Image.MIME[image.format], *image.size
    except (UnidentifiedImageError, OSError):
        raise ValueError("this is not a readable picture") from None
    if found[0] != media_type:
        raise ValueError(f"its name says {media_type}, its content is {found[0]}")
    return PictureFile(
        sha256=hashlib.sha256(content).hexdigest(),
        media_type=media_type,
        width=found[1],
        height=found[2],
    )


def _told(error, document):
    """A schema error in an operator's words."""
    reason = WORDS.get(error["type"]) or error["msg"].removeprefix("Value error, ")
    place = error["loc"]
    if place and place[0] == "texts":
        return Problem(f"texts/{place[1]}.md", "", reason)
    if place and place[0] == "pictures":
        return Problem(f"pictures/{place[1]}", "", reason)
    return Problem(DOCUMENT, _key_path(place, document), reason)


def _key_path(place, document) -> str:
    """units[river].name: a list entry is called by its key, else by its number."""
    path, value = "", document
    for step in place:
        value = _inside(value, step)
        if isinstance(step, int):
            key = value.get("key") if isinstance(value, dict) else None
            path += f"[{key if isinstance(key, str) and key else f'#{step + 1}'}]"
        else:
            path += f".{step}" if path else str(step)
    return path


def _inside(value, step):
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None
