"""The two lists: which addresses touch documents, and which do not. An address on neither fails."""

#: How much of a document a person meets in a state; the reading table of the design.
LEVELS = {
    "entwurf": {"nw": "write", "nw2": "write", "admin": "status"},
    "eingereicht": {
        "nw": "read",
        "nw2": "read",
        "pruefung": "read",
        "freigabe": "read",
        "admin": "status",
    },
    "in_ueberarbeitung": {
        "nw": "write",
        "nw2": "write",
        "pruefung": "snapshot",
        "freigabe": "snapshot",
        "admin": "status",
    },
    "freigegeben": {
        **dict.fromkeys(("nw", "nw2", "by", "pruefung", "freigabe", "redaktion"), "read"),
        "admin": "status",
    },
}
LEVELS["geprueft"] = LEVELS["eingereicht"]
LEVELS["veroeffentlicht"] = LEVELS["archiviert"] = LEVELS["freigegeben"]

#: Who else hears what was said at an act, besides the office and those who decide.
TOLD = {
    f"words to {action}": {"redaktion"}
    for action in ("freigeben", "veroeffentlichen", "archivieren")
}

#: Addresses of one document: the status for each level; whoever is on none of them gets 404.
TOUCHES = {
    "dokumente:lesen": {"write": 200, "read": 200, "snapshot": 200, "status": 200},
    "dokumente:verlauf": {"write": 200, "read": 200, "snapshot": 200, "status": 200},
    "dokumente:ausnahme": {"write": 200, "read": 200, "snapshot": 200, "status": 200},
    "dokumente:anmerken": {"write": 302, "read": 302, "snapshot": 302},
    "dokumente:schreiben": {"write": 302, "read": 302},
    "dokumente:teil": {"write": 200, "read": 302},
    "dokumente:teil_neu": {"write": 200, "read": 302},
    "dokumente:angaben": {"write": 200, "read": 302},
    "dokumente:teil_entfernen": {"write": 200},
    "dokumente:teil_verschieben": {"write": 405},
    "dokumente:loeschen": {"write": 200},
    "dokumente:bilder": {"write": 405},
    "dokumente:word": {"write": 405},
    "dokumente:anwesend": {"write": 405},
    "dokumente:datei": {"write": 200, "read": 200},
}

#: Asked apart in the tests: who may see an earlier text, and who may act.
TOUCHES_APART = {
    "dokumente:benennen",
    "dokumente:tagesordnung",
    "dokumente:nachricht_wiederholen",
    "dokumente:umstellen",
    "dokumente:stand",
    "dokumente:uebernehmen",
    "dokumente:vergleich",
    "dokumente:handeln",
    "dokumente:beleg",
    "dokumente:sperren",
}

#: Public faces of a document; tests/invariants ask them.
TOUCHES_PUBLICLY = {
    "home:changes",
    "home:edition",
    "home:fassung",
    "home:frozen_json",
    "home:frozen_pdf",
    "home:bibtex",
    "home:frozen_file",
}

#: The interface for programs; test_api.py asks them with tokens.
TOUCHES_BY_TOKEN = {
    "klk_api:act",
    "klk_api:document",
    "klk_api:documents",
    "klk_api:editions",
    "klk_api:transitions",
    "klk_api:types",
    "klk_api:version",
    "klk_api:versions_of",
    "klk_api:write_section",
}

NOBODY = frozenset()
SIGNED_IN = frozenset(["nw", "pruefung", "freigabe", "redaktion", "admin", "super"])
ADMINISTRATION = frozenset(["admin", "super"])
SUPERUSER = frozenset(["super"])
REDAKTION = frozenset(["redaktion", "super"])
EVERYBODY = frozenset(
    ["nw", "pruefung", "freigabe", "redaktion", "admin", "super", "gone", "stranger"]
)
STRANGERS = frozenset(["gone", "stranger"])
EVERY_ROLE = frozenset(["nw", "pruefung", "freigabe", "redaktion", "admin"])
ADMINISTRATION_ONLY = frozenset(["admin"])
REDAKTION_ONLY = frozenset(["redaktion"])
MEMBER = frozenset(["nw"])

#: Addresses that touch no document: who is answered with a page; everybody else is sent away.
TOUCHES_NOT = {
    STRANGERS: """
        account_login account_signup
    """,
    SIGNED_IN: """
        account_change_password account_logout account_reauthenticate dokumente:liste
        dokumente:rollen dokumente:stelle wagtailadmin_account
        wagtailadmin_api:documents:listing wagtailadmin_api:images:listing
        wagtailadmin_api:pages:listing wagtailadmin_choose_page
        wagtailadmin_choose_page_anchor_link wagtailadmin_choose_page_child
        wagtailadmin_choose_page_chosen_multiple wagtailadmin_choose_page_email_link
        wagtailadmin_choose_page_external_link wagtailadmin_choose_page_phone_link
        wagtailadmin_choose_page_search wagtailadmin_dismissibles wagtailadmin_home
        wagtailadmin_pages:confirm_workflow_cancellation wagtailadmin_pages:move_confirm
        wagtailadmin_reports:site_history wagtailadmin_reports:site_history_results
        wagtailadmin_tag_autocomplete wagtailadmin_workflows:task_chooser
        wagtailadmin_workflows:task_chooser_create wagtailadmin_workflows:task_chooser_results
        wagtailadmin_workflows:task_chosen wagtaildocs_chooser:choose
        wagtaildocs_chooser:choose_results wagtaildocs_chooser:chosen_multiple
        wagtailembeds:chooser wagtailembeds:chooser_upload wagtailimages_chooser:choose
        wagtailimages_chooser:choose_results wagtailimages_chooser:chosen_multiple
    """,
    EVERYBODY: """
        account_inactive account_reset_password account_reset_password_done
        account_reset_password_from_key account_reset_password_from_key_done home:accessibility
        home:approval home:barrier home:catalogue home:feed home:help home:imprint home:laender
        home:overview home:privacy home:robots home:search home:security home:sitemap home:traces
        home:type klk_api:openapi-json
        wagtailadmin_javascript_catalog wagtailadmin_sprite
    """,
    NOBODY: """
        account_set_password dokumente:erweiterung_schalten dokumente:pult
        dokumente:sperrung dokumente:vertretung_beenden dokumente:zugang_beenden home:land
        klk_api:api-root media
        wagtail_bulk_action
        wagtailadmin_api:documents:detail wagtailadmin_api:documents:find
        wagtailadmin_api:images:detail wagtailadmin_api:images:find
        wagtailadmin_api:pages:action wagtailadmin_api:pages:detail wagtailadmin_api:pages:find
        wagtailadmin_block_preview wagtailadmin_collections:delete wagtailadmin_collections:edit
        wagtailadmin_editing_sessions:ping wagtailadmin_editing_sessions:release
        wagtailadmin_login wagtailadmin_pages:add wagtailadmin_pages:add_subpage
        wagtailadmin_pages:choose_parent wagtailadmin_pages:collect_workflow_action_data
        wagtailadmin_pages:convert_alias wagtailadmin_pages:copy wagtailadmin_pages:delete
        wagtailadmin_pages:edit wagtailadmin_pages:history wagtailadmin_pages:history_results
        wagtailadmin_pages:lock wagtailadmin_pages:move wagtailadmin_pages:preview_on_add
        wagtailadmin_pages:preview_on_edit wagtailadmin_pages:revisions_index
        wagtailadmin_pages:revisions_revert wagtailadmin_pages:revisions_unschedule
        wagtailadmin_pages:revisions_view wagtailadmin_pages:set_page_position
        wagtailadmin_pages:set_privacy wagtailadmin_pages:type_use
        wagtailadmin_pages:type_use_results wagtailadmin_pages:unlock
        wagtailadmin_pages:unpublish wagtailadmin_pages:usage wagtailadmin_pages:view_draft
        wagtailadmin_pages:workflow_action wagtailadmin_pages:workflow_history
        wagtailadmin_pages:workflow_history_detail wagtailadmin_pages:workflow_preview
        wagtailadmin_password_reset wagtailadmin_password_reset_complete
        wagtailadmin_password_reset_confirm wagtailadmin_password_reset_done
        wagtailadmin_tag_model_autocomplete wagtailadmin_workflows:add_task
        wagtailadmin_workflows:enable wagtailadmin_workflows:enable_task
        wagtailadmin_workflows:remove wagtailadmin_workflows:select_task_type
        wagtailcore_authenticate_with_password wagtailcore_login
        wagtaildocs:create_multiple_from_uploaded_document wagtaildocs:delete
        wagtaildocs:delete_multiple wagtaildocs:delete_upload_multiple
        wagtaildocs:document_usage wagtaildocs:edit wagtaildocs:edit_multiple
        wagtaildocs_authenticate_with_password wagtaildocs_chooser:chosen
        wagtailforms:delete_submissions wagtailforms:list_submissions
        wagtailforms:list_submissions_results wagtailimages:create_multiple_from_uploaded_image
        wagtailimages:delete wagtailimages:delete_multiple wagtailimages:delete_upload_multiple
        wagtailimages:edit wagtailimages:edit_multiple wagtailimages:image_usage
        wagtailimages:preview wagtailimages:url_generator wagtailimages:url_generator_output
        simple_translation:submit_page_translation simple_translation:submit_snippet_translation
        wagtailimages_chooser:chosen wagtailimages_chooser:select_format wagtailredirects:delete
        wagtailredirects:edit wagtailredirects:process_import wagtailsettings:edit
        wagtailsettings:preview_on_edit wagtailsites:copy wagtailsites:delete wagtailsites:edit
        wagtailsites:history wagtailsites:history_results wagtailsites:usage
        wagtailsnippets:index
    """,
    REDAKTION: """
        home_links
        wagtailadmin_explore wagtailadmin_explore_results wagtailadmin_explore_root
        wagtailadmin_pages:search wagtailadmin_pages:search_results
        wagtailadmin_reports:aging_pages wagtailadmin_reports:aging_pages_results
        wagtailadmin_reports:page_types_usage wagtailadmin_reports:page_types_usage_results
        wagtailadmin_reports:workflow wagtailadmin_reports:workflow_results
        wagtailadmin_reports:workflow_tasks wagtailadmin_reports:workflow_tasks_results
        wagtaildocs:add wagtaildocs:add_multiple wagtaildocs:index wagtaildocs:index_results
        wagtaildocs_chooser:create wagtailforms:index wagtailforms:index_results
        wagtailimages:add wagtailimages:add_multiple wagtailimages:index
        wagtailimages:index_results wagtailimages_chooser:create
    """,
    SUPERUSER: """
        vertretungen:delete
        wagtailadmin_collections:add wagtailadmin_collections:index
        wagtailadmin_collections:set_privacy wagtailadmin_reports:locked_pages
        wagtailadmin_reports:locked_pages_results wagtailadmin_workflows:add
        wagtailadmin_workflows:disable wagtailadmin_workflows:disable_task
        wagtailadmin_workflows:edit wagtailadmin_workflows:edit_task
        wagtailadmin_workflows:index wagtailadmin_workflows:index_results
        wagtailadmin_workflows:task_index wagtailadmin_workflows:task_index_results
        wagtailadmin_workflows:usage wagtailadmin_workflows:usage_results wagtaillocales:add
        wagtaillocales:delete wagtaillocales:edit wagtaillocales:history
        wagtaillocales:history_results wagtaillocales:index wagtaillocales:index_results
        wagtaillocales:usage wagtailsites:add
        wagtailsites:index wagtailsites:index_results wagtailusers_groups:add
        wagtailusers_groups:delete wagtailusers_groups:edit wagtailusers_groups:history
        wagtailusers_groups:history_results wagtailusers_groups:index
        wagtailusers_groups:index_results wagtailusers_groups:usage
    """,
    EVERY_ROLE: """
        dokumente:beleg_pruefen dokumente:runde dokumente:runden dokumente:sitzungen
        dokumente:suche
        dokumente:sitzung dokumente:vertretung
        dokumente:zugaenge
        dokumente:auswertung
    """,
    REDAKTION_ONLY: """
        dokumente:fassungen
    """,
    ADMINISTRATION_ONLY: """
        dokumente:ablauf dokumente:erweiterungen dokumente:gliederung_neu
        dokumente:gliederungen dokumente:nachrichten
    """,
    MEMBER: """
        dokumente:neu dokumente:papierkorb
    """,
    ADMINISTRATION: """
        programme:add programme:delete programme:edit programme:history programme:history_results
        programme:index programme:index_results programme:usage regeln:add regeln:delete
        regeln:edit regeln:history regeln:history_results regeln:index regeln:index_results
        regeln:usage sitzungen:add sitzungen:delete sitzungen:edit sitzungen:history
        sitzungen:history_results sitzungen:index sitzungen:index_results sitzungen:usage
        stellen:add stellen:delete stellen:edit stellen:history stellen:history_results
        stellen:index stellen:index_results stellen:usage vertretungen:add
        vertretungen:edit vertretungen:history vertretungen:history_results vertretungen:index
        vertretungen:index_results vertretungen:usage wagtailredirects:add
        wagtailredirects:index wagtailredirects:index_results wagtailredirects:start_import
        wagtailusers_users:add wagtailusers_users:copy wagtailusers_users:delete
        wagtailusers_users:edit wagtailusers_users:history wagtailusers_users:history_results
        wagtailusers_users:index wagtailusers_users:index_results wagtailusers_users:usage
        zeitraeume:add zeitraeume:delete zeitraeume:edit zeitraeume:history
        zeitraeume:history_results zeitraeume:index zeitraeume:index_results zeitraeume:usage
    """,
}

#: Wagtail's own, not asked: one raises on purpose, one ends the session, the rest take addresses
#: that cannot be built from names.
NOT_ASKED = {
    "wagtailadmin_error_test",
    "wagtailadmin_logout",
    "wagtailadmin_pages:revisions_compare",
    "wagtaildocs_serve",
    "wagtail_serve",
}
