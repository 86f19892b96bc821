"""The rules that a schema cannot say: one function a rule, all in one table.

The code of a rule leads to its words in rules.toml, to its broken fixture in
tests/fixtures/broken/ and to the docs. A check yields places and facts only.
"""

from __future__ import annotations

from openplans.rules import promises, provenance, quantities, references, wording
from openplans.rules.hits import PlanCheck, ProjectCheck

PLAN_CHECKS: dict[str, PlanCheck] = {
    "folder-differs": references.folder_differs,
    "plan-region-differs": references.plan_region_differs,
    "foreign-id": references.foreign_id,
    "parent-not-before": references.parent_not_before,
    "too-deep": references.too_deep,
    "row-order": references.row_order,
    "source-changed": provenance.source_changed,
    "text-not-verbatim": provenance.text_not_verbatim,
    "clause-order": provenance.clause_order,
    "quote-not-in-clause": provenance.quote_not_in_clause,
    "quote-not-unique": provenance.quote_not_unique,
    "quote-missing": provenance.quote_missing,
    "name-not-in-source": provenance.name_not_in_source,
    "unit-not-accounted": provenance.unit_not_accounted,
    "value-and-comparator": quantities.value_and_comparator,
    "value-not-in-quote": quantities.value_not_in_quote,
    "unit-differs": quantities.unit_differs,
    "comparator-differs": wording.comparator_differs,
    "period-outside-plan": quantities.period_outside_plan,
    "period-reversed": quantities.period_reversed,
    "concept-dimension": quantities.concept_dimension,
    "figure-not-accounted": quantities.figure_not_accounted,
    "restates-chain": promises.restates_chain,
    "restates-later": promises.restates_later,
    "restates-another": promises.restates_another,
    "restatement-unlinked": promises.restatement_unlinked,
    "restatement-conflict": promises.restatement_conflict,
    "hedge-cut-off": promises.hedge_cut_off,
    "hedge-unmarked": promises.hedge_unmarked,
    "hedge-passed-over": promises.hedge_passed_over,
    "commitment-not-in-quote": promises.commitment_not_in_quote,
    "unknown-organization-name": references.unknown_organization_name,
    "organization-differs": references.organization_differs,
    "organization-elsewhere": references.organization_elsewhere,
}
"""Checks of one plan against its document and the registry."""

NEVER_ACCEPTED = frozenset(
    {
        "folder-differs", "plan-region-differs", "foreign-id", "parent-not-before", "too-deep", "source-changed",
        "text-not-verbatim", "clause-order", "row-order", "quote-not-in-clause", "quote-not-unique", "quote-missing",
        "value-and-comparator", "concept-dimension", "unknown-organization-name", "organization-differs",
        "organization-elsewhere", "unknown-theme", "unknown-concept", "unknown-unit", "unknown-organization",
        "unknown-region", "unit-factor", "ambiguous-organization-name", "missing-theme", "change-log",
    }
)  # fmt: skip
"""What no row can set aside with a reason: without it there is nothing that a page or a table could be made of."""

REFERENCE_CHECKS: dict[str, PlanCheck] = {
    "unknown-theme": references.unknown_theme,
    "unknown-concept": references.unknown_concept,
    "unknown-unit": references.unknown_unit,
    "unknown-organization": references.unknown_organization,
    "unknown-region": references.unknown_region,
}
"""Checks of any package outside the registry against the registry."""

PROJECT_CHECKS: dict[str, ProjectCheck] = {
    "ambiguous-organization-name": references.ambiguous_organization_name,
    "parent-not-before": references.region_parent_not_before,
    "unit-factor": references.unit_factor,
    "alias-leads-nowhere": promises.alias_leads_nowhere,
    "missing-theme": references.missing_theme,
    "change-log": references.change_log,
}
"""Checks of the registry itself."""
