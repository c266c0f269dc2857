"""Signed-in people."""

from tests.klk_workflow.admin.conftest import as_

__all__ = ["as_"]
