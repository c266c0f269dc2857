"""Browsers, for what the member area says of workflows."""

from tests.klk_workflow.admin.conftest import as_

__all__ = ["as_"]
