import type { ObjectName } from '../../../shared/model/objects.ts';
import {
  type ConditionGroup,
  type ConditionRule,
  isConditionGroup,
} from '../../../shared/workflow/conditions/condition-tree.ts';
import {
  type Form,
  planRule,
  type PlanMoment,
  type RulePlan,
} from '../../../shared/workflow/conditions/plan-rule.ts';
import { findField } from '../../../shared/model/fields/registry.ts';
import { conditionSql } from '../../workflow/conditions/condition-sql.ts';
import { recordKinds } from '../records/kinds.ts';
import type { Filter } from '../records/page.ts';

/**
 * Conditions that every record of a view fulfils and an index answers. They only narrow what `conditionSql` then judges:
 * leaving one out makes a view slower, never different.
 */
export function narrowingFilters(
  tree: ConditionGroup,
  object: ObjectName,
  moment: PlanMoment,
): Filter[] {
  if (tree.combinator !== 'and' || tree.not === true) return [];
  return tree.rules.flatMap((node) => {
    if (isConditionGroup(node)) return narrowingFilters(node, object, moment);
    const plan = planRule(node, moment);
    if (!plan || plan.negated) return [];
    if (plan.reference.object !== object) return reachedFilter(node, object, moment);
    const filter = narrow(plan, object, moment);
    return filter ? [filter] : [];
  });
}

/**
 * A contact's company is in one column, so the companies are judged first: they are few beside the contacts, and each is
 * judged once.
 */
function reachedFilter(rule: ConditionRule, object: ObjectName, moment: PlanMoment): Filter[] {
  if (object !== 'contact' || rule.valueSource === 'field') return [];
  const { sql, values } = conditionSql({ combinator: 'and', rules: [rule] }, 'company', moment);
  const { table } = recordKinds.company;
  return [
    {
      sql: `r.company_id IN (SELECT r.id FROM ${table} r WHERE r.deleted_at IS NULL AND ${sql})`,
      values,
    },
  ];
}

function narrow(
  { reference, form, test }: RulePlan,
  object: ObjectName,
  moment: PlanMoment,
): Filter | null {
  const field = findField(object, reference.field);
  if (!field) return null;
  const column = `r.${field.name}`;
  if (test.kind === 'has_tag') {
    return {
      sql: 'r.id IN (SELECT rt.record_id FROM record_tags rt JOIN tags t ON t.id = rt.tag_id WHERE t.name_folded = ?)',
      values: [test.name],
    };
  }
  if (field.type === 'stage') {
    const slugs = test.kind === 'one_of' ? test.values : equalTo(test);
    if (!slugs) return null;
    return {
      sql: `r.stage_id IN (SELECT id FROM stages WHERE trellis_form(slug, 'text', ?) IN (${slugs.map(() => '?').join(', ')}))`,
      values: [moment.timeZone, ...slugs],
    };
  }
  if (field.type === 'pipeline') {
    const slugs = test.kind === 'one_of' ? test.values : equalTo(test);
    if (!slugs) return null;
    return {
      sql: `r.stage_id IN (SELECT s.id FROM stages s JOIN pipelines p ON p.id = s.pipeline_id WHERE trellis_form(p.slug, 'text', ?) IN (${slugs.map(() => '?').join(', ')}))`,
      values: [moment.timeZone, ...slugs],
    };
  }
  if (!isStored(object, field.name)) return null;
  if (field.type === 'date' && form === 'date') {
    // A date is compared as it is written; any other text in the column counts as empty and fails the rule itself.
    if (test.kind === 'between')
      return { sql: `${column} BETWEEN ? AND ?`, values: [test.from, test.to] };
    if (test.kind === 'compare' && test.operand.kind === 'literal')
      return { sql: `${column} ${test.operator} ?`, values: [test.operand.value] };
  }
  if (field.type === 'datetime') return narrowInstant(column, form, test);
  return test.kind === 'is_given' ? { sql: `${column} IS NOT NULL`, values: [] } : null;
}

const dayMs = 86_400_000;

/** Times are stored as ISO 8601 text, which sorts as time does but for its zone: a day more on each side covers any. */
function narrowInstant(column: string, form: Form, test: RulePlan['test']): Filter | null {
  const edge = (value: string | number | null, days: number): string | null => {
    const ms = typeof value === 'string' && form === 'local_date' ? Date.parse(value) : value;
    if (typeof ms !== 'number' || Math.abs(ms) > 8e15) return null;
    return new Date(ms + days * dayMs).toISOString();
  };
  if (test.kind === 'between') {
    const [from, to] = [edge(test.from, -2), edge(test.to, 3)];
    return from === null || to === null
      ? null
      : { sql: `${column} BETWEEN ? AND ?`, values: [from, to] };
  }
  if (test.kind === 'compare' && test.operand.kind === 'literal') {
    const { value } = test.operand;
    const [from, to] = [edge(value, -2), edge(value, 3)];
    if (from === null || to === null) return null;
    if (test.operator === '=') return { sql: `${column} BETWEEN ? AND ?`, values: [from, to] };
    return test.operator.startsWith('>')
      ? { sql: `${column} >= ?`, values: [from] }
      : { sql: `${column} <= ?`, values: [to] };
  }
  return test.kind === 'is_given' ? { sql: `${column} IS NOT NULL`, values: [] } : null;
}

function equalTo(test: RulePlan['test']): readonly (string | number)[] | null {
  if (test.kind !== 'compare' || test.operator !== '=' || test.operand.kind !== 'literal')
    return null;
  return test.operand.value === null ? null : [test.operand.value];
}

/** Whether the field is a column of its own name. */
function isStored(object: ObjectName, name: string): boolean {
  return recordKinds[object].columns.includes(name);
}
