"""The rules that a schema cannot say: one function a rule, all in one table.

The code of a rule leads to its words in rules.toml, to its broken fixture in
tests/fixtures/broken/ and to the docs. A check yields places and facts only.
"""

from __future__ import annotations

from openplans.rules import observations, provenance, quantities, references, updates, wording
from openplans.rules.hits import PlanCheck, ProjectCheck

PLAN_CHECKS: dict[str, PlanCheck] = {
    "folder-differs": references.folder_differs,
    "plan-region-differs": references.plan_region_differs,
    "foreign-id": references.foreign_id,
    "parent-not-before": references.parent_not_before,
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
    "period-of-kind": observations.baseline_period,
    "concept-dimension": quantities.concept_dimension,
    "update-of-nothing": updates.update_of_nothing,
    "update-in-future": updates.update_in_future,
    "update-value": updates.update_value,
    "figure-not-accounted": quantities.figure_not_accounted,
    "unknown-organization-name": references.unknown_organization_name,
    "organization-differs": references.organization_differs,
    "organization-elsewhere": references.organization_elsewhere,
}
"""Checks of one plan against its document and the registry."""

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
    "ten-times-its-series": observations.ten_times_its_series,
    "source-without-address": observations.source_without_address,
    "source-twice": observations.source_twice,
    "source-kind-differs": observations.source_kind_differs,
}
"""Checks of the actual figures and their sources."""

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
}
"""Checks of the registry itself."""
