"""The rules that a schema cannot say: one function a rule, all in one table.

The code of a rule leads to its words in rules.toml, to its broken fixture in
tests/fixtures/broken/ and to the docs. A check yields places and facts only.
"""

from __future__ import annotations

from collections.abc import Callable

from openplans.packages.link import World
from openplans.packages.read import Package
from openplans.rules import (
    concepts,
    descriptors,
    document,
    evidence,
    hedges,
    history,
    keys,
    kinds,
    lead,
    names,
    observations,
    periods,
    provenance,
    quantities,
    registry,
    restatements,
    updates,
    wording,
)
from openplans.rules.hits import PlanCheck, ProjectCheck

PLAN_CHECKS: dict[str, PlanCheck] = {
    "folder-differs": descriptors.folder_differs,
    "plan-region-differs": descriptors.plan_region_differs,
    "foreign-id": keys.foreign_id,
    "parent-not-before": keys.parent_not_before,
    "too-deep": keys.too_deep,
    "duplicate-row": keys.row_twice,
    "row-order": keys.row_order,
    "source-changed": provenance.source_changed,
    "text-not-verbatim": provenance.text_not_verbatim,
    "clause-order": provenance.clause_order,
    "quote-not-in-clause": provenance.quote_not_in_clause,
    "quote-not-unique": provenance.quote_not_unique,
    "quote-missing": provenance.quote_missing,
    "quote-cut-off": quantities.quote_cut_off,
    "name-not-in-source": provenance.name_not_in_source,
    "unit-not-accounted": provenance.unit_not_accounted,
    "value-and-comparator": quantities.value_and_comparator,
    "value-not-in-quote": quantities.value_not_in_quote,
    "unit-differs": quantities.unit_differs,
    "comparator-differs": wording.comparator_differs,
    "period-outside-plan": periods.period_outside_plan,
    "period-reversed": periods.period_reversed,
    "concept-dimension": concepts.concept_dimension,
    "update-of-nothing": updates.update_of_nothing,
    "update-in-future": updates.update_in_future,
    "update-before-plan": updates.update_before_plan,
    "update-twice": updates.update_twice,
    "update-value": updates.update_value,
    "update-value-unsaid": updates.update_value_unsaid,
    "update-short": updates.update_short,
    "update-elsewhere": evidence.update_elsewhere,
    "update-apart": updates.update_apart,
    "source-kind-differs": observations.source_kind_differs,
    "figure-not-accounted": quantities.figure_not_accounted,
    "restates-chain": restatements.restates_chain,
    "restates-later": restatements.restates_later,
    "restates-another": restatements.restates_another,
    "restates-nearer": restatements.restates_nearer,
    "restatement-unlinked": restatements.restatement_unlinked,
    "restatement-conflict": restatements.restatement_conflict,
    "hedge-cut-off": hedges.hedge_cut_off,
    "hedge-unmarked": hedges.hedge_unmarked,
    "hedge-passed-over": hedges.hedge_passed_over,
    "commitment-not-in-quote": hedges.commitment_not_in_quote,
    "near-beside-concept": keys.near_beside_concept,
    "unknown-organization-name": keys.unknown_organization_name,
    "organization-differs": keys.organization_differs,
    "organization-elsewhere": keys.organization_elsewhere,
    "title-not-in-source": document.title_not_in_source,
    "issuer-not-in-source": document.issuer_not_in_source,
    "issued-not-in-source": document.issued_not_in_source,
    "published-not-in-source": document.published_not_in_source,
    "doc-number-differs": document.doc_number_differs,
    "effective-differs": document.effective_differs,
    "number-differs": document.number_differs,
    "clause-kind-differs": document.clause_kind_differs,
    "clause-parent-differs": document.clause_parent_differs,
    "task-title-not-in-clause": document.task_title_not_in_clause,
    "task-parent-differs": document.task_parent_differs,
    "task-missing": document.task_missing,
    "rank-differs": lead.rank_differs,
    "role-differs": lead.role_differs,
    "task-differs": wording.task_differs,
    "measure-differs": wording.measure_differs,
    "stage-differs": wording.stage_differs,
    "indicator-says-more": wording.indicator_says_more,
    "project-name-differs": wording.project_name_differs,
    "words-not-in-clause": wording.words_not_in_clause,
    "indicator-not-in-quote": wording.indicator_not_in_quote,
    "concept-differs": concepts.concept_differs,
    "period-not-in-source": periods.period_not_in_source,
    "period-start-differs": periods.period_start_differs,
    "year-not-explained": periods.year_not_explained,
    "period-basis-differs": periods.period_basis_differs,
    "baseline-period-differs": periods.baseline_period_differs,
    "promise-not-accounted": kinds.promise_not_accounted,
    "boilerplate-promises": kinds.boilerplate_promises,
    "reason-differs": kinds.reason_differs,
    "reason-hides-promise": kinds.reason_hides_promise,
    "note-language-differs": kinds.note_language_differs,
    "note-kind-differs": kinds.note_kind_differs,
    "translation-differs": kinds.translation_differs,
    "attachment-differs": kinds.attachment_differs,
    "no-rows": history.no_rows,
    "id-missing": history.id_missing,
    "retired-still-there": history.retired_still_there,
    "retired-id-taken": history.retired_id_taken,
    "retired-date-differs": history.retired_date_differs,
    "successor-differs": history.successor_differs,
    "accepted-too-many": history.accepted_too_many,
}
"""Checks of one plan against its document and the registry."""

NEVER_ACCEPTED = frozenset(
    {
        "folder-differs", "plan-region-differs", "foreign-id", "parent-not-before", "too-deep", "source-changed",
        "text-not-verbatim", "clause-order", "row-order", "quote-not-in-clause", "quote-not-unique", "quote-missing",
        "value-and-comparator", "concept-dimension", "unknown-organization-name", "organization-differs",
        "organization-elsewhere", "unknown-theme", "unknown-concept", "unknown-unit", "unknown-organization",
        "unknown-region", "unit-factor", "ambiguous-organization-name", "missing-theme", "change-log",
        "restates-chain", "concept-or-target", "unknown-target", "target-elsewhere", "observation-dimension",
        "period-of-kind", "replaces-elsewhere", "update-of-nothing", "accepted-too-many", "retired-still-there",
        "no-rows",
    }
)  # fmt: skip
"""What no row can set aside with a reason: without it there is nothing that a page or a table could be made of."""

OBSERVATION_CHECKS: dict[str, PlanCheck] = {
    "concept-or-target": observations.concept_or_target,
    "unknown-target": observations.unknown_target,
    "target-elsewhere": observations.target_elsewhere,
    "observation-dimension": observations.observation_dimension,
    "period-of-kind": observations.period_of_kind,
    "period-in-future": observations.period_in_future,
    "period-after-source": observations.period_after_source,
    "figure-twice": observations.figure_twice,
    "replaces-elsewhere": observations.replaces_elsewhere,
    "figure-impossible": observations.figure_impossible,
    "ten-times-its-series": observations.ten_times_its_series,
    "ten-times-its-kin": evidence.ten_times_its_kin,
    "growth-differs": evidence.growth_differs,
    "share-leaps": evidence.share_leaps,
    "unit-unusual": evidence.unit_unusual,
    "source-elsewhere": evidence.source_elsewhere,
    "source-year-differs": evidence.source_year_differs,
    "period-kind-differs": evidence.period_kind_differs,
    "note-differs": evidence.note_differs,
    "source-swapped": evidence.source_swapped,
    "published-before-title": evidence.published_before_title,
    "ids-not-rising": keys.ids_rise,
    "fraction-for-percent": observations.fraction_for_percent,
    "source-without-address": observations.source_without_address,
    "source-twice": observations.source_twice,
    "source-unused": observations.source_unused,
    "source-kind-differs": observations.source_kind_differs,
    "note-language-differs": kinds.note_language_differs,
}
"""Checks of the actual figures and their sources."""

KEY_CHECKS: dict[str, PlanCheck] = {
    "unknown-theme": keys.unknown_theme,
    "unknown-concept": keys.unknown_concept,
    "unknown-unit": keys.unknown_unit,
    "unknown-organization": keys.unknown_organization,
    "unknown-region": keys.unknown_region,
}
"""The keys of any package outside the registry that lead into it."""

PROJECT_CHECKS: dict[str, ProjectCheck] = {
    "ambiguous-organization-name": keys.ambiguous_organization_name,
    "parent-not-before": keys.region_parent_not_before,
    "unit-factor": registry.unit_factor,
    "alias-leads-nowhere": registry.alias_leads_nowhere,
    "alias-clash": registry.alias_clash,
    "name-elsewhere": registry.name_elsewhere,
    "organization-kind-differs": registry.organization_kind_differs,
    "better-differs": registry.better_differs,
    "nature-differs": registry.nature_differs,
    "unit-of-law": registry.unit_of_law,
    "document-twice": descriptors.document_twice,
    "missing-theme": keys.missing_theme,
    "change-log": descriptors.change_log,
    "licence-differs": descriptors.licence_differs,
    "updated-too-late": descriptors.updated_too_late,
    "term-unsaid": history.term_unsaid,
    "term-nearly-said": history.term_nearly_said,
    "wrong-language": registry.wrong_language,
    "name-twice": registry.name_twice,
    "name-unused": registry.name_unused,
    "organization-id-differs": registry.organization_id_differs,
    "concept-unit-differs": registry.concept_unit_differs,
    "region-parent-differs": registry.region_parent_differs,
    "region-level-differs": registry.region_level_differs,
    "region-name-short": registry.region_name_short,
    "alias-needless": registry.alias_needless,
    "name-of-another-region": registry.name_of_another_region,
    "translation-differs": registry.translation_differs,
    "exchanged": names.exchanged,
    "small-letter": names.small_letter,
    "order-gaps": names.order_gaps,
    "subject-alone": names.subject_alone,
    "alias-of-another": names.alias_of_another,
}
"""Checks of the registry itself."""

SEEN_OF_OTHERS: tuple[Callable[[World, Package], object], ...] = (
    kinds.usual_reasons,
    concepts.usual_concepts,
    updates.today,
)
"""All that PLAN_CHECKS see of other plans, as plain values: a judgement is good as long as these stay the same. A
check that looks at `world.project` for anything else needs its own here; `tests/test_rules.py` says which does."""

BASE_CHECKS = (
    "plan-removed", "row-removed", "figure-removed", "figure-leaps", "id-reused", "retired-never-there",
    "version-not-raised", "version-lowered",
)  # fmt: skip
"""The rules that `history.against` judges by, where a base is given."""
