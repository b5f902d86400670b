import { isCustomName } from '../../../shared/model/fields/custom-fields.ts';
import type { Field } from '../../../shared/model/fields/field.ts';
import { findField, type RecordPatch } from '../../../shared/model/fields/registry.ts';
import { patchValueSchema } from '../../../shared/model/fields/schemas.ts';
import { isObjectName, type ObjectName } from '../../../shared/model/objects.ts';
import type { updateField } from '../../../shared/workflow/actions/update-field.ts';
import { prepareFieldValue } from '../../../shared/workflow/prepare-field-value.ts';
import {
  dateOf,
  parseDateConfig,
  resolveDateConfig,
} from '../../../shared/workflow/relative-date.ts';
import { customFields } from '../../crm/fields/custom-field-store.ts';
import { recordKinds } from '../../crm/records/kinds.ts';
import type { RecordKind } from '../../crm/records/record-kind.ts';
import { updateRecord } from '../../crm/records/record-store.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import {
  type ActionContext,
  type ActionImplementation,
  completed,
  failed,
  type Outcome,
} from './action.ts';

export const updateFieldAction: ActionImplementation<typeof updateField> = {
  execute(context, config) {
    if (!isObjectName(config.object)) return failed(`object "${config.object}" is not known`);
    return update(context, config.object, config.field, config.value);
  },
};

function update<O extends ObjectName>(
  context: ActionContext,
  object: O,
  name: string,
  value: unknown,
): Outcome {
  const kind: RecordKind<O> = recordKinds[object];
  const field = findField(kind.object, name, customFields(context.unit.db));
  if (!field?.editable)
    return failed(`a ${kind.object} has no field "${name}" that can be written`);
  const record = context.record(kind.object);
  if (!record) return failed(`there is no ${kind.object} to update`);
  const { id } = record;
  const resolved = resolveValue(context.unit, field, value);
  // What a field of the user's own may hold, the record store checks: it knows the field as the file has it now.
  const checked = isCustomName(name)
    ? { success: true as const, data: resolved }
    : patchValueSchema(object, name)?.safeParse(resolved);
  if (!checked?.success) return failed(checked?.error.issues[0]?.message ?? `${name} is not valid`);
  // A checked value of one of its fields is a patch; the compiler cannot see that for an unresolved O.
  const patch = { [name]: checked.data } as RecordPatch<O>;
  const change = updateRecord(context.unit, kind, id, patch);
  const before: Readonly<Record<string, unknown>> = change.before;
  const after: Readonly<Record<string, unknown>> = change.after;
  return completed(
    { old: before[name] ?? null, new: after[name] ?? null },
    Object.keys(change.fields).length === 0
      ? []
      : [{ object: kind.object, id, fields: { ...change.fields } }],
  );
}

/** A workflow may write numbers as text and dates as `+3 days`. */
function resolveValue(unit: UnitOfWork, field: Field, value: unknown): unknown {
  const prepared = prepareFieldValue(field, value);
  if (prepared === '') return field.presence === 'optional' ? null : '';
  if (typeof prepared !== 'string' || (field.type !== 'date' && field.type !== 'datetime'))
    return prepared;
  const date = parseDateConfig(prepared);
  if (!date || (field.type === 'date' && date.kind === 'date')) return prepared;
  const ms = resolveDateConfig(date, unit.now, unit.timeZone, unit.holidays);
  return field.type === 'date' ? dateOf(ms, unit.timeZone) : new Date(ms).toISOString();
}
