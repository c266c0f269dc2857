"""Of documents, the public reads Editions only, and those were approved by different persons."""

import ast
from pathlib import Path

import pytest

from klk_workflow import reading
from klk_workflow.models import Document, Edition, Event
from klk_workflow.refusals import Refused
from klk_workflow.registry import registry
from klk_workflow.workflows.definition import Effect, Step
from klk_workflow.workflows.guards import approved_as_it_is, four_eyes, not_the_reviewer
from tests.world import STATES, World, make_user

BASE = Path(__file__).resolve().parents[2]
SOURCES = [
    path
    for folder in ("klk_workflow", "home", "site/klk_site", "scripts", "bench")
    for path in sorted((BASE / folder).rglob("*.py"))
    if "migrations" not in path.parts
]

#: Where a document is made, the only place that names a first state; and where it is told of.
MAY_CREATE_WITH_STATE = {
    ("klk_workflow/content/editing.py", "_create"),
    ("klk_workflow/api/documents.py", "_document"),
    ("bench/search.py", "_document"),  # ten thousand rows in a database that is thrown away
}
#: Where names that are not written out are set: forms' fields, restored fields, the generator.
MAY_SET_BY_NAME = {
    ("klk_workflow/models/document.py", "_generate_transitions"),
    ("klk_workflow/content/editing.py", "_change"),
    ("klk_workflow/content/editing.py", "save_fields"),
    ("klk_workflow/content/restore.py", "restore"),
    ("klk_workflow/content/taking_up.py", "_fields"),
    ("home/demo/pages.py", "_put"),  # pages of the website, from the demo's own files
    ("home/demo/english.py", "_translate"),
}
#: Where rows of parts are written together, with columns that are not written out.
MAY_UPDATE_BY_NAME = {
    ("klk_workflow/content/editing.py", "save_parts"),
    # Words blotted out; its _KEYS leave the state out.
    ("klk_workflow/deletion/takeout.py", "_clean_row"),
}
#: Who may call what the workflow generates.
MAY_CALL_TRANSITION = {
    ("klk_workflow/perform.py", "_carry_out"),
    ("klk_workflow/perform.py", "carry_over"),
    ("klk_workflow/models/document.py", "_generate_transitions"),
}
MAY_MAKE = {"Edition": "klk_workflow/publication/editions.py", "Event": "klk_workflow/chain.py"}
#: In a database that is thrown away.
MAY_MAKE_FOR_MEASURING = {("bench/search.py", "_edition")}


class Finder(ast.NodeVisitor):
    """Collects whatever could move a state, make an Edition or an Event around `perform`."""

    def __init__(self, name):
        self.name, self.function, self.found = name, "", []

    def visit_FunctionDef(self, node):
        outer, self.function = self.function, node.name
        self.generic_visit(node)
        self.function = outer

    def note(self, node, what, allowed=()):
        if (self.name, self.function) not in allowed:
            self.found.append(f"{self.name}:{node.lineno} {what}")

    def target(self, node):
        if isinstance(node, ast.Attribute) and node.attr == "state":
            self.note(node, "assigns a state")
        if isinstance(node, ast.Subscript) and is_text(node.slice, "state"):
            self.note(node, "assigns a state by its key")
        for inner in getattr(node, "elts", []):
            self.target(inner)

    def visit_Assign(self, node):
        for target in node.targets:
            self.target(target)
        self.generic_visit(node)

    def visit_AugAssign(self, node):
        self.target(node.target)
        self.generic_visit(node)

    visit_AnnAssign = visit_AugAssign  # noqa: N815 - ast asks for it

    def visit_Attribute(self, node):
        if node.attr.startswith("_do_"):
            self.note(node, "names a generated transition")
        self.generic_visit(node)

    def visit_Call(self, node):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        check = getattr(self, f"call_{name}", None)
        if check:
            check(node)
        if any(keyword.arg == "state" for keyword in node.keywords):
            if name in {"update", "create", "get_or_create", "update_or_create", "aupdate"}:
                self.note(node, f"writes a state with {name}()", MAY_CREATE_WITH_STATE)
            elif name[:1].isupper() and name != "Q":
                self.note(node, f"makes {name} with a state", MAY_CREATE_WITH_STATE)
        if name in MAY_MAKE and self.name != MAY_MAKE[name] and node.keywords:
            self.note(node, f"makes an {name}", MAY_MAKE_FOR_MEASURING)
        self.generic_visit(node)

    def call_method_name(self, node):
        self.note(node, "looks a generated transition up", MAY_CALL_TRANSITION)

    def call_setattr(self, node):
        if is_text(node.args[1], "state"):
            self.note(node, "sets a state")
        elif not isinstance(node.args[1], ast.Constant):
            self.note(node, "sets an attribute by a name not written out", MAY_SET_BY_NAME)

    call___setattr__ = call_setattr

    def call_update(self, node):
        if any(is_text(key, "state") for arg in node.args for key in getattr(arg, "keys", [])):
            self.note(node, "updates a state")
        if any(keyword.arg is None for keyword in node.keywords):
            self.note(node, "updates columns not written out", MAY_UPDATE_BY_NAME)

    def call_bulk_update(self, node):
        self.columns(node, [*node.args[1:], *(k.value for k in node.keywords if k.arg == "fields")])

    def call_bulk_create(self, node):
        self.columns(node, [k.value for k in node.keywords if k.arg == "update_fields"])

    def columns(self, node, names):
        if not all(isinstance(name, ast.List) for name in names):
            self.note(node, "updates columns not written out", MAY_UPDATE_BY_NAME)
        elif any(is_text(column, "state") for name in names for column in name.elts):
            self.note(node, "updates a state")

    def call_execute(self, node):
        if "klk_" in ast.unparse(node):
            self.note(node, "writes SQL against the engine's tables")


def is_text(node, text):
    return isinstance(node, ast.Constant) and node.value == text


def offences(source, name="somewhere.py"):
    finder = Finder(name)
    finder.visit(ast.parse(source))
    return finder.found


def test_nothing_but_perform_moves_a_state():
    found = [
        offence
        for path in SOURCES
        for offence in offences(path.read_text(), str(path.relative_to(BASE)))
        # Moving between states is no subject of the site's own objects called "state".
        if not (
            offence.startswith("klk_workflow/workflows/definition.py")
            and "sets an attribute" in offence
        )
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "source",
    [
        "document.state = 'freigegeben'",
        "a.state, b = 'x', 1",
        "document.state += 'x'",
        "document.__dict__['state'] = 'x'",
        "setattr(document, 'state', 'x')",
        "setattr(document, name, 'x')",
        "object.__setattr__(document, 'state', 'x')",
        "Document.objects.filter(pk=1).update(state='x')",
        "Document.objects.filter(pk=1).update(**values)",
        "Document.objects.bulk_update(rows, ['state'])",
        "Document.objects.bulk_update(rows, fields=['title', 'state'])",
        "Document.objects.bulk_update(rows, names)",
        "Document.objects.bulk_create(rows, update_fields=['state'])",
        "Document.objects.bulk_create(rows, update_fields=names)",
        "Document.objects.create(state='freigegeben')",
        "Laenderbericht(state='freigegeben')",
        "document._do_freigeben_v1()",
        "getattr(document, workflow.method_name('freigeben'))()",
        "document.__dict__.update({'state': 'x'})",
        "cursor.execute('UPDATE klk_workflow_document SET state=1')",
        "Edition(document=document)",
        "Event(document=document)",
    ],
)
def test_each_way_around_would_be_found(source):
    assert offences(source)


def test_the_website_knows_the_read_api_only():
    for path in sorted((BASE / "home").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in getattr(node, "names", [])]
            module = getattr(node, "module", None) or ""
            engine = [n for n in [module, *names] if n.startswith("klk_workflow")]
            if module == "klk_workflow":
                engine = [] if names == ["reading"] else names
            assert set(engine) <= {"klk_workflow.reading"}, f"{path}: {engine}"


def test_the_read_api_gives_no_document():
    assert Document not in {getattr(reading, name) for name in reading.__all__}


@pytest.mark.parametrize("state", STATES)
def test_the_public_finds_what_was_published_and_nothing_else(world, client, type_key, state):
    document = world.document(type_key, state)
    published = state in {"veroeffentlicht", "archiviert"}
    assert (reading.find(document.path) is not None) == published
    assert client.get(f"/{document.path}/").status_code == (200 if published else 404)
    page = client.get(f"/{registry.get(type_key).slug}/").content.decode()
    assert (f"/{document.path}/" in page) == (state == "veroeffentlicht")


def test_a_new_draft_does_not_show_while_its_first_fassung_does(world, client, type_key):
    document = world.document(type_key, "veroeffentlicht")
    world.do(document, "neue_fassung", "nw", "Neue Zahlen")
    world.change(document, "Noch nicht freigegebene Worte")
    page = client.get(f"/{document.path}/").content.decode()
    assert "Noch nicht freigegebene Worte" not in page
    assert "Beispieltext" in page


def test_an_edition_was_submitted_reviewed_and_approved_by_three_persons(world, type_key):
    document = world.second_fassung(world.document(type_key, "veroeffentlicht"))
    for edition in Edition.objects.filter(document=document):
        made = Event.objects.get(document=document, hash=edition.head)
        steps = Event.objects.filter(document=document, round=made.round, digest=edition.digest)
        who = [
            steps.get(action=action).actor_id
            for action in ("einreichen", "weitergeben", "freigeben")
        ]
        assert len(set(who)) == 3


def test_one_person_with_every_role_publishes_nothing_alone(world: World, type_key):
    """Even somebody in all groups and in both offices gets no further than the next person."""
    roles = [name for _person, (name, _office) in _roles().items()]
    mighty = make_user("maechtig", *roles, office=world.offices["nw"], is_superuser=True)
    world.people["maechtig"] = mighty
    document = world.start(type_key, "maechtig")
    world.write(document, "maechtig")
    world.do(document, "einreichen", "maechtig")
    for action in ("weitergeben", "freigeben", "veroeffentlichen", "ueberarbeitung_anfordern"):
        with pytest.raises(Refused):
            world.do(document, action, "maechtig", "Ich darf alles.")
    assert document.state == "eingereicht"


def _roles():
    from tests.world import PEOPLE

    return PEOPLE


def test_every_workflow_holds_the_guards_that_make_this_true():
    for document_type in registry:
        for workflow in document_type.model.workflows:
            for way in workflow.transitions:
                if way.step in {Step.REVIEW, Step.APPROVE}:
                    assert four_eyes in way.guards
                if way.step is Step.APPROVE:
                    assert not_the_reviewer in way.guards
                if way.effect == Effect.MAKE_EDITION:
                    assert approved_as_it_is in way.guards
