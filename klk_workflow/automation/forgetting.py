"""What is remembered for a time only: answers kept for programs that ask again."""

from datetime import timedelta
from typing import Final

from klk_workflow import clock
from klk_workflow.models import IdempotentRequest

#: For so long a request under the same Idempotency-Key gets the same answer.
KEPT: Final = timedelta(hours=24)


def forget_requests() -> int:
    """Remove the answers that are older; give how many."""
    old = IdempotentRequest.objects.filter(created_at__lt=clock.now() - KEPT)
    count, _of_each = old.delete()
    return count
