import type { ObjectName } from '../../../shared/model/objects.ts';
import {
  type ConditionGroup,
  type ConditionNode,
  isConditionGroup,
} from '../../../shared/workflow/conditions/condition-tree.ts';
import {
  type FieldReference,
  type Form,
  type Operand,
  type PlanMoment,
  planRule,
  type RulePlan,
} from '../../../shared/workflow/conditions/plan-rule.ts';
import { recordKinds } from '../../crm/records/kinds.ts';
import type { Filter } from '../../crm/records/page.ts';
import type { SqlValue } from '../../db/handle.ts';

interface Fragment {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

const no: Fragment = { sql: '0', values: [] };

/**
 * A tree as an SQL condition on the records `r` of one object. Fields come from the registry alone; a rule on anything
 * else is false, never left out. It agrees with `evaluateConditions` because both follow the same plan of each rule.
 */
export function conditionSql(tree: ConditionGroup, object: ObjectName, moment: PlanMoment): Filter {
  return groupSql(tree, { object, moment });
}

interface Scope {
  readonly object: ObjectName;
  readonly moment: PlanMoment;
}

function groupSql(group: ConditionGroup, scope: Scope): Fragment {
  const parts = group.rules.map((node) => nodeSql(node, scope));
  const joined: Fragment =
    parts.length === 0
      ? { sql: '1', values: [] }
      : {
          sql: `(${parts.map((part) => part.sql).join(group.combinator === 'and' ? ' AND ' : ' OR ')})`,
          values: parts.flatMap((part) => part.values),
        };
  return group.not === true ? { sql: `NOT ${joined.sql}`, values: joined.values } : joined;
}

function nodeSql(node: ConditionNode, scope: Scope): Fragment {
  if (isConditionGroup(node)) return groupSql(node, scope);
  const plan = planRule(node, scope.moment);
  if (!plan) return no;
  const { sql, values } = testSql(plan, scope);
  // An empty value makes a comparison NULL; it counts as false, and its denial as true.
  return { sql: `${plan.negated ? 'NOT ' : ''}coalesce(${sql}, 0)`, values };
}

/** The id of the record an object is, seen from the record `r`. */
const reach: Readonly<Record<ObjectName, Partial<Record<ObjectName, string>>>> = {
  contact: { company: 'r.company_id' },
  company: {},
  deal: {
    contact: 'r.contact_id',
    company:
      'coalesce(r.company_id, (SELECT company_id FROM contacts WHERE id = r.contact_id AND deleted_at IS NULL))',
  },
  task: {
    contact: 'r.contact_id',
    deal: 'r.deal_id',
    company:
      'coalesce(r.company_id, (SELECT company_id FROM contacts WHERE id = r.contact_id AND deleted_at IS NULL))',
  },
};

/** SQL for a field of the record, or of one it reaches; null when there is no way to it. */
function fieldSql({ object, field }: FieldReference, from: ObjectName): string | null {
  const kind = recordKinds[object];
  const expression = kind.expressions[field] ?? `r.${field}`;
  if (object === from) return expression;
  const id = reach[from][object];
  if (id === undefined) return null;
  // The inner table is called r too, so that its expressions fit; the id is read from the outer one first.
  return `(SELECT ${expression} FROM (SELECT ${id} AS reached_id) o JOIN ${kind.table} r ON r.id = o.reached_id WHERE r.deleted_at IS NULL)`;
}

function recordIdSql(object: ObjectName, from: ObjectName): string | null {
  return fieldSql({ object, field: 'id' }, from);
}

function inFormSql(sql: string, form: Form, { timeZone }: PlanMoment): Fragment {
  const asked = { sql: `trellis_form(${sql}, ?, ?)`, values: [form, timeZone] };
  // What a subquery or a function gives is not known to be text as it stands in this record.
  if (form !== 'text' || /SELECT|\w\(/.test(sql)) return asked;
  // Text of ASCII alone, as long in letters as in bytes, folds to its small letters: what SQLite can do without us,
  // which makes a scan of a million rows several times faster.
  const columns = [...new Set(sql.match(/\br\.\w+/g))];
  const isPlain = columns.map(
    (column) =>
      `(${column} IS NULL OR typeof(${column}) = 'text' AND length(${column}) = length(CAST(${column} AS BLOB)))`,
  );
  return {
    sql: `CASE WHEN ${isPlain.join(' AND ')} THEN nullif(lower(${sql}), '') ELSE ${asked.sql} END`,
    values: asked.values,
  };
}

function testSql({ reference, form, test }: RulePlan, { object, moment }: Scope): Fragment {
  if (test.kind === 'changed') return no;
  if (test.kind === 'has_tag' || form === 'tags') {
    const id = recordIdSql(reference.object, object);
    if (id === null) return no;
    const tagged = `SELECT 1 FROM record_tags rt JOIN tags t ON t.id = rt.tag_id WHERE rt.record_id = ${id}`;
    if (test.kind === 'has_tag')
      return { sql: `EXISTS (${tagged} AND t.name_folded = ?)`, values: [test.name] };
    return test.kind === 'is_given' ? { sql: `EXISTS (${tagged})`, values: [] } : no;
  }
  const column = fieldSql(reference, object);
  if (column === null) return no;
  const value = inFormSql(column, form, moment);
  switch (test.kind) {
    case 'is_given':
      return { sql: `${value.sql} IS NOT NULL`, values: value.values };
    case 'compare': {
      const other = operandSql(test.operand, form, object, moment);
      return {
        sql: `${value.sql} ${test.operator} ${other.sql}`,
        values: [...value.values, ...other.values],
      };
    }
    case 'text': {
      const part = operandSql(test.operand, 'text', object, moment);
      return textSql(value, part, test.place);
    }
    case 'one_of':
      if (test.values.length === 0) return no;
      return {
        sql: `${value.sql} IN (${test.values.map(() => '?').join(', ')})`,
        values: [...value.values, ...test.values],
      };
    case 'between':
      return { sql: `${value.sql} BETWEEN ? AND ?`, values: [...value.values, test.from, test.to] };
  }
}

function operandSql(operand: Operand, form: Form, from: ObjectName, moment: PlanMoment): Fragment {
  if (operand.kind === 'literal') return { sql: '?', values: [operand.value] };
  const column = fieldSql(operand.reference, from);
  return column === null ? { sql: 'NULL', values: [] } : inFormSql(column, form, moment);
}

/** `LIKE` folds ASCII alone and knows wildcards, so places in a text are compared plainly. */
function textSql(value: Fragment, part: Fragment, place: 'anywhere' | 'start' | 'end'): Fragment {
  const text = `CAST(${value.sql} AS TEXT)`;
  if (place === 'anywhere') {
    return { sql: `instr(${text}, ${part.sql}) > 0`, values: [...value.values, ...part.values] };
  }
  const slice = place === 'start' ? `1, length(${part.sql})` : `-length(${part.sql})`;
  return {
    sql: `substr(${text}, ${slice}) = ${part.sql}`,
    values: [...value.values, ...part.values, ...part.values],
  };
}
