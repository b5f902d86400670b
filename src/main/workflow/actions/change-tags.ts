import { isObjectName, type ObjectName } from '../../../shared/model/objects.ts';
import type { RecordPatch } from '../../../shared/model/fields/registry.ts';
import type { addTag } from '../../../shared/workflow/actions/add-tag.ts';
import type { removeTag } from '../../../shared/workflow/actions/remove-tag.ts';
import { foldText } from '../../../shared/workflow/conditions/comparable.ts';
import { recordKinds } from '../../crm/records/kinds.ts';
import type { RecordKind } from '../../crm/records/record-kind.ts';
import { updateRecord } from '../../crm/records/record-store.ts';
import {
  type ActionContext,
  type ActionImplementation,
  completed,
  failed,
  type Outcome,
} from './action.ts';

/** Longest name of a tag, as people may enter it too. */
const maximumLength = 60;

export const addTagAction: ActionImplementation<typeof addTag> = {
  execute: (context, { object, tag }) =>
    changeTags(context, object, tag, (names, wanted) => [...names, wanted]),
};

export const removeTagAction: ActionImplementation<typeof removeTag> = {
  execute: (context, { object, tag }) =>
    changeTags(context, object, tag, (names, unwanted) =>
      names.filter((name) => foldText(name) !== foldText(unwanted)),
    ),
};

type Change = (names: readonly string[], name: string) => string[];

function changeTags(context: ActionContext, object: string, text: string, change: Change): Outcome {
  if (!isObjectName(object)) return failed(`object "${object}" is not known`);
  const name = text.trim();
  if (name === '') return failed('tag is empty; write a name that is never empty');
  if (name.length > maximumLength)
    return failed(`tag may have at most ${maximumLength} characters`);
  return applyChange(context, object, name, change);
}

function applyChange<O extends ObjectName>(
  context: ActionContext,
  object: O,
  name: string,
  change: Change,
): Outcome {
  const kind: RecordKind<O> = recordKinds[object];
  const record = context.record(object);
  if (!record) return failed(`there is no ${object} to tag`);
  const { tags }: { readonly tags: readonly string[] } = record;
  // Every object has tags; the compiler cannot see that for an unresolved O.
  const patch = { tags: change(tags, name) } as unknown as RecordPatch<O>;
  const { fields } = updateRecord(context.unit, kind, record.id, patch);
  const changed = Object.keys(fields).length > 0;
  return completed(
    { tag: name },
    changed ? [{ object, id: record.id, fields: { ...fields } }] : [],
  );
}
