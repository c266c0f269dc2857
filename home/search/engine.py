"""The database's own full text: FTS5 on SQLite, tsvector on PostgreSQL, behind one interface.

The database keeps its index itself, by triggers or a generated column, in the transaction that
changes an `Entry`. What is asked comes as a `Question`, the answer is the entries' keys in order.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db import connection, connections

from home.search.models import Entry

#: More hits than this are not ranked, counted or paged through: nobody reads them, and the time a
#: search takes must not grow with the collection.
MOST = 500


_IN = """
    INSERT INTO home_search_fts(rowid, title_stems, about_stems, body_stems, facet_words)
    VALUES (new.id, new.title_stems, new.about_stems, new.body_stems, new.facet_words);
"""
# By number, not by content: it must work, too, where the two should ever have come apart.
_OUT = "DELETE FROM home_search_fts WHERE rowid = old.id;"


class Where(StrEnum):
    """How far a word may stand from the title."""

    TITLE = "title"
    ABOUT = "about"
    TEXT = "text"


@dataclass(frozen=True)
class Group:
    """Stems of which one must occur: the word itself, and what holds or means it.

    `wider` is what the word is a kind of: whoever asks for *Landesaktionspläne* wants a document
    that is called *Aktionsplan*. It counts in titles only.
    """

    exact: frozenset[str]
    also: frozenset[str] = frozenset()
    wider: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        """Every stem of the group."""
        return self.exact | self.also


@dataclass(frozen=True)
class Question:
    """What to look for: one stem of each group, or with `is_loose` of any group; all filters."""

    groups: tuple[frozenset[str], ...] = ()
    filters: tuple[str, ...] = ()
    where: Where = Where.TEXT
    is_loose: bool = False


def facet_word(parameter: str, key: str) -> str:
    """A facet's answer as a word of the index."""
    return "".join(char for char in f"x{parameter}{key}" if char.isalnum())


def prepare(using: str = "default") -> None:
    """Make what no model describes; doing it again changes nothing."""
    with connections[using].cursor() as cursor:
        for statement in _ENGINES[connections[using].vendor].schema:
            cursor.execute(statement)


def keys(
    groups: tuple[Group, ...], filters: tuple[str, ...], *, is_loose: bool = False
) -> list[int]:
    """The entries that answer, best first, at most one more than `MOST`.

    First those with the words in the title (where there are none: with what the words are a kind
    of), then in what is said about them, then in the text; there the very words before compounds.
    Ranking by frequency alone would put a rare compound before the word that was asked for.
    Within each the database ranks, unless there are more than `MOST`: then the newest come first,
    for a word that stands everywhere says nothing.
    """
    engine = _ENGINES[connection.vendor]()
    wide, wider = _questions(groups, filters, is_loose=is_loose)
    newest = engine.newest(wide)
    if not groups:
        return newest
    find = engine.best if len(newest) > MOST else engine.ranked
    exact = replace(wide, groups=tuple(group.exact or group.all for group in groups))
    titles, about = replace(wide, where=Where.TITLE), replace(wide, where=Where.ABOUT)
    found = dict.fromkeys(find(titles))
    for tier in (about, exact, wide, wider) if found else (wider, about, exact, wide):
        if len(found) <= MOST:
            found |= dict.fromkeys(find(tier))
    return list(found)[: MOST + 1]


def matching(
    groups: tuple[Group, ...], filters: tuple[str, ...], *, is_loose: bool = False
) -> set[int]:
    """The same entries in no order, for counting."""
    engine = _ENGINES[connection.vendor]()
    wide, wider = _questions(groups, filters, is_loose=is_loose)
    return {*engine.newest(wide), *(engine.newest(wider) if groups else ())}


def _questions(
    groups: tuple[Group, ...], filters: tuple[str, ...], *, is_loose: bool
) -> tuple[Question, Question]:
    """What is asked of the whole text, and what is asked of titles only."""
    wide = Question(tuple(group.all for group in groups), filters, is_loose=is_loose)
    wider = tuple(group.all | group.wider for group in groups)
    return wide, replace(wide, groups=wider, where=Where.TITLE)


class Engine(ABC):
    """What differs between databases: how the index is made, asked, and its answers ordered."""

    schema: tuple[str, ...]
    matching: str
    newest_first: str
    best_first: str

    @abstractmethod
    def expression(self, question: Question) -> str:
        """The question in the words of the database; empty if it asks for everything."""

    def best(self, question: Question) -> list[int]:
        """The answers, best first; the newest first where there are more than `MOST`."""
        found = self.newest(question)
        return found if len(found) > MOST else self.ranked(question)

    def ranked(self, question: Question) -> list[int]:
        """The answers in the database's own order, for as many as it can look at."""
        return self._matching(question, self.best_first)

    def newest(self, question: Question) -> list[int]:
        """The newest answers; without words and filters the newest entries."""
        if question.groups or question.filters:
            return self._matching(question, self.newest_first)
        newest = Entry.objects.order_by("-pk").values_list("pk", flat=True)
        return list(newest[: MOST + 1])

    def _matching(self, question: Question, order: str) -> list[int]:
        with connection.cursor() as cursor:
            statement = f"{self.matching} ORDER BY {order} LIMIT %s"
            cursor.execute(statement, [self.expression(question), MOST + 1])
            return [row[0] for row in cursor.fetchall()]


class Sqlite(Engine):
    """FTS5 over the columns of `Entry`, ranked by bm25 with a weight for each column."""

    schema = (
        """
        CREATE VIRTUAL TABLE IF NOT EXISTS home_search_fts USING fts5(
            title_stems, about_stems, body_stems, facet_words, tokenize='ascii'
        )
        """,
        """
        INSERT INTO home_search_fts(home_search_fts, rank)
        VALUES ('rank', 'bm25(12.0, 5.0, 1.0, 0.0)')
        """,
        *(
            f"""
            CREATE TRIGGER IF NOT EXISTS home_search_{name} AFTER {event} ON home_search_entry BEGIN
                {" ".join(steps)}
            END
            """
            for name, event, steps in (
                ("comes", "INSERT", [_IN]),
                ("goes", "DELETE", [_OUT]),
                ("changes", "UPDATE", [_OUT, _IN]),
            )
        ),
    )
    matching = "SELECT rowid FROM home_search_fts WHERE home_search_fts MATCH %s"
    newest_first = "rowid DESC"
    best_first = "rank, rowid"
    _columns = {
        Where.TITLE: "title_stems",
        Where.ABOUT: "title_stems about_stems",
        Where.TEXT: "title_stems about_stems body_stems",
    }

    def expression(self, question: Question) -> str:
        """The question in FTS5's words."""
        groups = [
            "(" + " OR ".join(f'"{stem}"' for stem in sorted(group)) + ")"
            for group in question.groups
        ]
        terms = [f'facet_words : "{word}"' for word in question.filters]
        if groups:
            together = (" OR " if question.is_loose else " AND ").join(groups)
            terms.append(f"({{{self._columns[question.where]}}} : ({together}))")
        return " AND ".join(terms)


class Postgres(Engine):
    """A tsvector that the database generates, with a GIN index; ranked by ts_rank."""

    schema = (
        # Looked for first: altering a table locks it, and waits for nobody who has written to it.
        """
        DO $$ BEGIN
            IF EXISTS (
                SELECT FROM pg_attribute
                WHERE attrelid = 'home_search_entry'::regclass
                AND attname = 'vector' AND NOT attisdropped
            ) THEN RETURN; END IF;
            ALTER TABLE home_search_entry ADD COLUMN vector tsvector
            GENERATED ALWAYS AS (
                setweight(to_tsvector('simple', title_stems), 'A')
                || setweight(to_tsvector('simple', about_stems), 'B')
                || setweight(to_tsvector('simple', body_stems), 'C')
                || setweight(to_tsvector('simple', facet_words), 'D')
            ) STORED;
            CREATE INDEX home_search_vector ON home_search_entry USING gin (vector);
        END $$
        """,
    )
    matching = (
        "SELECT id FROM home_search_entry, to_tsquery('simple', %s) AS asked WHERE vector @@ asked"
    )
    newest_first = "id DESC"
    # Weights of facets, text, what is said about it, title; long texts count a little less.
    best_first = "ts_rank('{0, 0.1, 0.4, 1}', vector, asked, 1) DESC, id"
    _weights = {Where.TITLE: "A", Where.ABOUT: "AB", Where.TEXT: "ABC"}

    def expression(self, question: Question) -> str:
        """The question as a tsquery."""
        weights = self._weights[question.where]
        groups = [
            "(" + " | ".join(f"'{stem}':{weights}" for stem in sorted(group)) + ")"
            for group in question.groups
        ]
        terms = [f"'{word}':D" for word in question.filters]
        if groups:
            terms.append("(" + (" | " if question.is_loose else " & ").join(groups) + ")")
        return " & ".join(terms)


_ENGINES: dict[str, type[Engine]] = {"sqlite": Sqlite, "postgresql": Postgres}
