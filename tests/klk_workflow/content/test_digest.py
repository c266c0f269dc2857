"""The canonical form is RFC 8785, for everything that content is made of."""

import unicodedata

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from klk_workflow.content.digest import canonical

TEXTS = st.text(st.characters(exclude_categories=["Cs"])).map(
    lambda text: unicodedata.normalize("NFC", text)
)
KEYS = st.text(st.characters(max_codepoint=127))
ATOMS = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS
VALUES = st.recursive(ATOMS, lambda v: st.lists(v) | st.dictionaries(KEYS, v), max_leaves=20)


@given(VALUES)
def test_it_is_what_the_reference_library_writes(value):
    assert canonical(value) == rfc8785.dumps(value)


def test_decomposed_text_is_the_same_text():
    assert canonical({"a": "Pru\u0308fung"}) == '{"a":"Prüfung"}'.encode()


@pytest.mark.parametrize("value", [0.5, {"ä": 1}, 2**53, b"x", {1, 2}])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises((TypeError, ValueError)):
        canonical([value])
