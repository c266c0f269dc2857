"""The nouns of the engine, a file each."""

from klk_workflow.models.contribution import Contribution
from klk_workflow.models.deputyship import Deputyship
from klk_workflow.models.document import Document
from klk_workflow.models.edition import Edition, EditionFile
from klk_workflow.models.event import Event, EventName
from klk_workflow.models.files import DocumentFile
from klk_workflow.models.meeting import AgendaItem, Meeting
from klk_workflow.models.office import Membership, Office
from klk_workflow.models.outbox import OutboxMail
from klk_workflow.models.part import Attachment, Part, Section
from klk_workflow.models.period import Outline, Period
from klk_workflow.models.remark import Remark
from klk_workflow.models.removal import Removal
from klk_workflow.models.rendition import Rendition
from klk_workflow.models.rule import Delivery, Rule, SetDeadline, Webhook
from klk_workflow.models.switch import PluginSwitch
from klk_workflow.models.token import IdempotentRequest, Scope, TokenScopes
from klk_workflow.models.words import DocumentWords

__all__ = [
    "AgendaItem",
    "Attachment",
    "Contribution",
    "Delivery",
    "Deputyship",
    "Document",
    "DocumentFile",
    "DocumentWords",
    "Edition",
    "EditionFile",
    "Event",
    "EventName",
    "IdempotentRequest",
    "Meeting",
    "Membership",
    "Office",
    "OutboxMail",
    "Outline",
    "Part",
    "Period",
    "PluginSwitch",
    "Remark",
    "Removal",
    "Rendition",
    "Rule",
    "Scope",
    "Section",
    "SetDeadline",
    "TokenScopes",
    "Webhook",
]
