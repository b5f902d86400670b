import type { RecordDto, RecordInput } from '../../../shared/model/fields/registry.ts';
import { editableFieldsOf } from '../../../shared/model/fields/registry.ts';
import { recordInputSchema } from '../../../shared/model/fields/schemas.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import type { RecordKind } from '../../crm/records/record-kind.ts';
import { createRecord } from '../../crm/records/record-store.ts';
import { invalid } from '../../errors.ts';
import type { ActionContext, StepChange } from './action.ts';

/**
 * Creates a record for a step, checked by the very schema a person's input passes: a rendered template
 * may be anything.
 *
 * @throws UserError naming the field
 */
export function createForStep<O extends ObjectName>(
  context: ActionContext,
  kind: RecordKind<O>,
  input: RecordInput<O>,
): { record: RecordDto<O>; changes: StepChange[] } {
  const parsed = recordInputSchema(kind.object).safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw invalid(String(issue?.path[0] ?? ''), `${issue?.message ?? 'The record is not valid'}.`);
  }
  const record = createRecord(context.unit, kind, parsed.data);
  const values: Readonly<Record<string, unknown>> = record;
  const fields = Object.fromEntries(
    editableFieldsOf(kind.object)
      .filter((field) => values[field.name] !== null)
      .map((field) => [field.name, { old: null, new: values[field.name] }]),
  );
  return { record, changes: [{ object: kind.object, id: record.id, fields }] };
}
