"""Browsers, for what the member area shows of rules and limits."""

from tests.klk_workflow.admin.conftest import as_

__all__ = ["as_"]
