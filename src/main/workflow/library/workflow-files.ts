import type { ImportCheck, ImportMapping } from '../../../shared/contract/library.ts';
import type { Workflow } from '../../../shared/contract/workflows.ts';
import type { CustomFields } from '../../../shared/model/fields/custom-fields.ts';
import { isObjectName, objectNames } from '../../../shared/model/objects.ts';
import { checkDefinition } from '../../../shared/workflow/check-definition.ts';
import { mapReferences } from '../../../shared/workflow/portable/map-references.ts';
import { privateAddresses } from '../../../shared/workflow/portable/private-addresses.ts';
import {
  inStableOrder,
  type NeededField,
  type WorkflowContent,
  type WorkflowFile,
  workflowFileFormat,
} from '../../../shared/workflow/portable/workflow-file.ts';
import { createCustomField } from '../../crm/fields/custom-field-service.ts';
import { customFields } from '../../crm/fields/custom-field-store.ts';
import { stageSlugs } from '../../crm/deals/pipeline.ts';
import type { Reader } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { chooseAccount } from '../../delivery/mail-account-store.ts';
import { missingAttachment } from '../../delivery/attachment-store.ts';
import { invalid } from '../../errors.ts';
import { nearAddresses } from '../store/unconfirmed-addresses.ts';
import { getWorkflowRow, toWorkflow } from '../store/workflow-store.ts';
import { createWorkflow, definitionKnowledge } from '../workflow-service.ts';
import { checkNeeds, describeNeeds, usedNames } from './file-references.ts';

function contentOf(workflow: Workflow): WorkflowContent {
  const { triggers, conditions, settings, actions } = workflow;
  return { triggers, conditions, settings, actions };
}

/**
 * A workflow as the file another Trellis reads, with what it names described.
 *
 * @throws UserError `not_found`
 */
export function exportWorkflow(db: Reader, id: string): WorkflowFile {
  const workflow = toWorkflow(db, getWorkflowRow(db, id), definitionKnowledge(db));
  const content = contentOf(workflow);
  return inStableOrder({
    format: workflowFileFormat,
    format_version: 1,
    name: workflow.name,
    description: workflow.description,
    ...content,
    needs: describeNeeds(db, content),
  });
}

/** What a file would need here, and what would be left to do; writes nothing. */
export function checkImport(
  db: Reader,
  file: WorkflowFile,
  mapping: ImportMapping,
  secretNames: readonly string[],
): ImportCheck {
  const content = mapContent(db, file, mapping, (field) => field.name);
  const { faults, gaps } = checkDefinition(rawOf(content), {
    ...definitionKnowledge(db),
    custom: withMissing(db, file, mapping),
  });
  return {
    name: file.name,
    description: file.description,
    needs: checkNeeds(db, file, secretNames),
    private_addresses: privateAddresses(content.actions),
    problems: [...faults, ...gaps],
  };
}

/**
 * Makes a draft of a file, which keeps in mind the addresses near this computer until they are confirmed. Fields that are missing here and not mapped are made first, in the same action, so that one
 * undo takes back both.
 *
 * @throws UserError `validation_failed` naming what has no place here, `stages.offer`
 */
export function importWorkflow(
  unit: UnitOfWork,
  file: WorkflowFile,
  mapping: ImportMapping,
  name = file.name,
): Workflow {
  refuseUnmapped(unit.db, file, mapping);
  const content = mapContent(
    unit.db,
    file,
    mapping,
    (field) => createCustomField(unit, field).name,
  );
  const { triggers, conditions, settings, actions } = content;
  return createWorkflow(
    unit,
    {
      name,
      description: file.description,
      status: 'draft',
      triggers,
      conditions,
      settings,
      actions,
    },
    nearAddresses(actions),
  );
}

/**
 * A copy of a workflow as a draft of its own, which shares nothing with the one it was made from.
 *
 * @throws UserError `not_found`, or `validation_failed` when its definition cannot be read
 */
export function cloneWorkflow(unit: UnitOfWork, id: string, name: string | undefined): Workflow {
  const row = getWorkflowRow(unit.db, id);
  const workflow = toWorkflow(unit.db, row, definitionKnowledge(unit.db));
  const { triggers, conditions, settings, actions } = contentOf(workflow);
  return createWorkflow(
    unit,
    {
      name: name ?? freeCopyName(unit.db, workflow.name),
      description: workflow.description,
      status: 'draft',
      triggers,
      conditions,
      settings,
      actions,
      owner_id: workflow.owner_id,
    },
    workflow.unconfirmed_addresses,
  );
}

/** `Welcome (copy)`, and the next free number after it. */
function freeCopyName(db: Reader, name: string): string {
  const stem = name.slice(0, 180);
  for (let number = 1; ; number += 1) {
    const copy = number === 1 ? `${stem} (copy)` : `${stem} (copy ${number})`;
    const taken = db.get(
      'SELECT 1 FROM workflows WHERE name = ? AND coalesce(is_deleted, 0) = 0',
      copy,
    );
    if (!taken) return copy;
  }
}

function rawOf({ triggers, conditions, settings, actions }: WorkflowContent) {
  const [first, ...further] = triggers;
  return {
    trigger_type: first?.type ?? '',
    trigger_config: first?.config ?? {},
    further_triggers: further.length === 0 ? null : further,
    conditions,
    settings,
    actions,
  };
}

function mapContent(
  db: Reader,
  file: WorkflowFile,
  mapping: ImportMapping,
  make: (field: NeededField) => string,
): WorkflowContent {
  const custom = customFields(db);
  const missing = missingFields(custom, file, mapping);
  const names = new Map<string, string>(
    missing.map((field) => [`${field.object}.${field.name}`, make(field)]),
  );
  const { triggers, conditions, settings, actions } = file;
  return mapReferences(
    { triggers, conditions, settings, actions },
    {
      field: (object, name) => {
        const reference = `${object}.${name}`;
        const chosen = mapping.fields?.[reference];
        if (chosen !== undefined && chosen !== null) return readFieldName(object, chosen, custom);
        return names.get(reference) ?? name;
      },
      stage: (slug) => mapping.stages?.[slug] ?? slug,
      tag: (name) => mapping.tags?.[name] ?? name,
      workflow: (id) => {
        const chosen = mapping.workflows?.[id];
        if (chosen !== undefined) return chosen;
        return db.get('SELECT 1 FROM workflows WHERE id = ?', id) ? id : null;
      },
      account: (name) => {
        const chosen = mapping.accounts?.[name];
        if (chosen !== undefined) return chosen;
        return 'id' in chooseAccount(db, name) ? name : null;
      },
      attachment: (id) => missingAttachment(db, [id]) === null,
      secret: () => undefined,
    },
  );
}

/** @returns the name alone of the field that was chosen for one of `object` */
function readFieldName(object: string, chosen: string, custom: CustomFields): string {
  const [owner = '', name = ''] = chosen.split('.');
  const known = isObjectName(owner) && custom[owner]?.some((field) => field.name === name);
  if (owner !== object || !known) {
    throw invalid(
      'fields',
      `fields: "${chosen}" is no custom field of a ${object}. Choose one, or leave it out to make it.`,
    );
  }
  return name;
}

/** Those a file describes and this one has not, under that name and type, unless another takes their place. */
function missingFields(
  custom: CustomFields,
  file: WorkflowFile,
  mapping: ImportMapping,
): NeededField[] {
  const used: ReadonlySet<string> = usedNames(file).fields;
  return file.needs.fields.filter(({ object, name, type }) => {
    const reference = `${object}.${name}`;
    const chosen = mapping.fields?.[reference];
    if (!used.has(reference) || (chosen !== undefined && chosen !== null)) return false;
    return !custom[object]?.some((field) => field.name === name && field.type === type);
  });
}

/** The custom fields as they will be once the missing ones are made. */
function withMissing(db: Reader, file: WorkflowFile, mapping: ImportMapping): CustomFields {
  const custom = customFields(db);
  const missing = missingFields(custom, file, mapping);
  return Object.fromEntries(
    objectNames.map((object) => [
      object,
      [
        ...(custom[object] ?? []),
        ...missing
          .filter((field) => field.object === object)
          .map(({ object: _object, ...field }) => ({
            ...field,
            presence: 'optional' as const,
            editable: true,
          })),
      ],
    ]),
  );
}

/** What cannot be made must be named: a stage, and a field the file does not describe. */
function refuseUnmapped(db: Reader, file: WorkflowFile, mapping: ImportMapping): void {
  const used = usedNames(file);
  const stages = stageSlugs(db);
  for (const slug of used.stages) {
    const chosen = mapping.stages?.[slug] ?? slug;
    if (stages.includes(chosen)) continue;
    throw invalid(
      `stages.${slug}`,
      `There is no stage "${chosen}" here. Say in stages which one to use, such as {"${slug}": "${stages[0] ?? 'qualification'}"}.`,
    );
  }
}
