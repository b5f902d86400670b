import { isDeepStrictEqual } from 'node:util';
import type { Workflow } from '../../shared/contract/workflows.ts';
import type { ObjectName, RecordReference } from '../../shared/model/objects.ts';
import type { EventData } from '../../shared/events/event-types.ts';
import {
  checkDefinition,
  type DefinitionKnowledge,
} from '../../shared/workflow/check-definition.ts';
import { isPlainObject } from '../../shared/workflow/definition-findings.ts';
import {
  type Definition,
  type Problem,
  type RawDefinition,
  readWorkflowStatus,
  type WorkflowStatus,
} from '../../shared/workflow/definition.ts';
import { recordKinds } from '../crm/records/kinds.ts';
import { findRecord, localUserId } from '../crm/records/record-store.ts';
import { customFields } from '../crm/fields/custom-field-store.ts';
import { pipelineSlugs, stageSlugs } from '../crm/deals/pipeline.ts';
import type { Reader } from '../db/handle.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { invalid, UserError } from '../errors.ts';
import { ensureHookKey } from '../delivery/hooks/hook-store.ts';
import { insertQueuedRun } from './store/execution-store.ts';
import {
  checkStoredDefinition,
  keepStepIds,
  readStoredDefinition,
} from './store/stored-definition.ts';
import { withWarnings } from './loop-warnings.ts';
import { clearPause, writePause } from './store/pause-store.ts';
import { unconfirmedIn, unconfirmedOf, unconfirmedReason } from './store/unconfirmed-addresses.ts';
import { latestVersion, publishVersion } from './store/version-store.ts';
import {
  getWorkflowRow,
  toWorkflow,
  waitsForHook,
  type WorkflowRow,
} from './store/workflow-store.ts';

export interface WorkflowInput {
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly status?: WorkflowStatus | undefined;
  /** Left out only where `triggers` gives the first one. */
  readonly trigger_type?: string | undefined;
  readonly trigger_config?: Record<string, unknown> | null | undefined;
  /** All triggers, the first of which may also be given by the two keys above. */
  readonly triggers?: readonly unknown[] | undefined;
  readonly actions?: readonly unknown[] | undefined;
  readonly conditions?: Record<string, unknown> | null | undefined;
  readonly settings?: Record<string, unknown> | null | undefined;
  readonly owner_id?: string | undefined;
}

export type WorkflowPatch = {
  readonly [K in keyof WorkflowInput]?: WorkflowInput[K] | undefined;
} & {
  /** Allows the addresses near this computer that came with a file. */
  readonly confirm_addresses?: boolean | undefined;
};

export function definitionKnowledge(db: Reader): DefinitionKnowledge {
  return { stages: stageSlugs(db), pipelines: pipelineSlugs(db), custom: customFields(db) };
}

/**
 * A fault is refused whatever the status; what is merely missing only when the workflow is to run.
 *
 * @throws UserError `validation_failed` with every problem, its field the first one's path
 */
function refuseIllegal(
  raw: RawDefinition,
  status: WorkflowStatus,
  knowledge: DefinitionKnowledge,
): void {
  const { faults, gaps } = checkDefinition(raw, knowledge);
  const problems: Problem[] = status === 'active' ? [...faults, ...gaps] : [...faults];
  const [first] = problems;
  if (!first) return;
  throw new UserError('validation_failed', first.message, { field: first.path, problems });
}

function checkOwner(db: Reader, id: string): string {
  if (!db.get('SELECT 1 FROM users WHERE id = ?', id)) {
    throw invalid('owner_id', `owner_id: there is no user with the id "${id}".`);
  }
  return id;
}

/** @throws UserError `conflict` that lists them */
function refuseUnconfirmed(name: string, addresses: readonly string[]): void {
  if (addresses.length === 0) return;
  throw new UserError(
    'conflict',
    `The workflow "${name}" cannot run. ${unconfirmedReason(addresses)}`,
    { field: 'confirm_addresses' },
  );
}

function jsonOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}

interface TriggerInput {
  readonly trigger_type?: string;
  readonly trigger_config?: unknown;
  readonly further_triggers?: readonly unknown[] | null;
}

/**
 * `triggers` says all of them. `trigger_type` and `trigger_config` alone say the first, and leave the others as they
 * are: that is what an UPDATE of these columns does.
 *
 * @throws UserError `validation_failed` when the two disagree about the first
 */
export function readTriggerInput(
  input: Pick<WorkflowPatch, 'trigger_type' | 'trigger_config' | 'triggers'>,
): TriggerInput {
  const { trigger_type: type, trigger_config: config, triggers } = input;
  if (triggers === undefined) {
    return {
      ...(type === undefined ? {} : { trigger_type: type }),
      ...(config === undefined ? {} : { trigger_config: config }),
    };
  }
  const [first, ...further] = triggers;
  if (!isPlainObject(first) || typeof first['type'] !== 'string') {
    throw invalid(
      'triggers[0]',
      'triggers[0] must be an object such as {"type": "deal_created", "config": {}}.',
    );
  }
  const stray = Object.keys(first).find((key) => key !== 'type' && key !== 'config');
  if (stray !== undefined) {
    throw invalid(
      `triggers[0].${stray}`,
      `Unknown key "${stray}" in a trigger. Use: type, config.`,
    );
  }
  const firstConfig = first['config'] ?? {};
  if (type !== undefined && type !== first['type']) {
    throw invalid(
      'trigger_type',
      `trigger_type is "${type}", but the first of triggers is "${first['type']}". Leave one of them out.`,
    );
  }
  if (config !== undefined && !isDeepStrictEqual(config ?? {}, firstConfig)) {
    throw invalid(
      'trigger_config',
      'trigger_config differs from the config of the first of triggers. Leave one of them out.',
    );
  }
  return {
    trigger_type: first['type'],
    trigger_config: firstConfig,
    further_triggers: further.length === 0 ? null : further,
  };
}

/** Makes what was just written what runs next, when the workflow is active. */
function publishIfActive(
  unit: UnitOfWork,
  id: string,
  knowledge: DefinitionKnowledge,
): WorkflowRow {
  const row = getWorkflowRow(unit.db, id);
  if (waitsForHook(row)) ensureHookKey(unit, id);
  if (readWorkflowStatus(row.status) === 'active') {
    const previous = latestVersion(unit.db, id);
    const check = checkStoredDefinition(row, knowledge, previous?.definition?.actions ?? []);
    if (check.definition && unconfirmedOf(row).length === 0)
      publishVersion(unit, id, check.definition);
  }
  unit.touch('workflow', id);
  return row;
}

/**
 * @param unconfirmed addresses near this computer that the user has yet to confirm
 * @throws UserError `validation_failed` naming the field
 */
export function createWorkflow(
  unit: UnitOfWork,
  input: WorkflowInput,
  unconfirmed: readonly string[] = [],
): Workflow {
  const { db, nowText } = unit;
  const knowledge = definitionKnowledge(db);
  const status = input.status ?? 'draft';
  const given = readTriggerInput(input);
  if (given.trigger_type === undefined) {
    throw invalid(
      'trigger_type',
      'trigger_type is missing. Give it a value such as deal_created, or fill in triggers.',
    );
  }
  const raw = {
    trigger_type: given.trigger_type,
    trigger_config: given.trigger_config ?? {},
    further_triggers: given.further_triggers ?? null,
    actions: input.actions ?? [],
    conditions: input.conditions ?? null,
    settings: input.settings ?? null,
  };
  refuseIllegal(raw, status, knowledge);
  const id = unit.ids.next();
  db.run(
    `INSERT INTO workflows (id, name, description, status, trigger_type, trigger_config, further_triggers, actions, conditions, settings, owner_id, unconfirmed_addresses, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    input.name,
    input.description ?? null,
    status,
    raw.trigger_type,
    JSON.stringify(raw.trigger_config),
    jsonOrNull(raw.further_triggers),
    JSON.stringify(raw.actions),
    jsonOrNull(raw.conditions),
    jsonOrNull(raw.settings),
    input.owner_id === undefined ? localUserId(db) : checkOwner(db, input.owner_id),
    unconfirmed.length === 0 ? null : JSON.stringify(unconfirmed),
    nowText,
    nowText,
  );
  return withWarnings(db, toWorkflow(db, publishIfActive(unit, id, knowledge), knowledge));
}

/**
 * @throws UserError `not_found`, `validation_failed` naming the field, or `conflict` when it would run with addresses
 *   that were not confirmed; then nothing was changed
 */
export function updateWorkflow(unit: UnitOfWork, id: string, patch: WorkflowPatch): Workflow {
  const { db, nowText } = unit;
  const knowledge = definitionKnowledge(db);
  const row = getWorkflowRow(db, id);
  const stored = readStoredDefinition(row);
  const status = patch.status ?? readWorkflowStatus(row.status);
  const given = readTriggerInput(patch);
  const rewritten =
    given.trigger_type !== undefined ||
    given.trigger_config !== undefined ||
    given.further_triggers !== undefined ||
    patch.actions !== undefined ||
    patch.conditions !== undefined ||
    patch.settings !== undefined;
  const raw = {
    trigger_type: given.trigger_type ?? row.trigger_type,
    trigger_config:
      given.trigger_config === undefined ? stored.raw.trigger_config : (given.trigger_config ?? {}),
    further_triggers:
      given.further_triggers === undefined ? stored.raw.further_triggers : given.further_triggers,
    actions: patch.actions ?? stored.raw.actions,
    conditions: patch.conditions === undefined ? stored.raw.conditions : patch.conditions,
    settings: patch.settings === undefined ? stored.raw.settings : patch.settings,
  };
  // A name may be changed, and a workflow paused, whatever SQL made of its definition meanwhile.
  if (rewritten || (patch.status === 'active' && status === 'active')) {
    const unreadable = stored.faults.find((fault) => {
      const rewrittenKeys: Readonly<Record<string, unknown>> = { ...patch, ...given };
      return rewrittenKeys[fault.path] === undefined;
    });
    if (unreadable) throw invalid(unreadable.path, unreadable.message);
    // Step ids as the version will have them, so that a template that names a step is judged as it will run.
    const previous = latestVersion(db, id)?.definition?.actions ?? [];
    refuseIllegal({ ...raw, actions: keepStepIds(raw.actions, previous) }, status, knowledge);
    if (status === 'active' && patch.confirm_addresses !== true)
      refuseUnconfirmed(row.name, unconfirmedIn(raw.actions, row.unconfirmed_addresses));
  }
  db.run(
    `UPDATE workflows SET name = ?, description = ?, status = ?, trigger_type = ?, trigger_config = ?, further_triggers = ?,
       actions = ?, conditions = ?, settings = ?, owner_id = ?, parked_reason = ?, unconfirmed_addresses = ?, updated_at = ? WHERE id = ?`,
    patch.name ?? row.name,
    patch.description === undefined ? row.description : patch.description,
    patch.status ?? row.status,
    raw.trigger_type,
    given.trigger_config === undefined ? row.trigger_config : JSON.stringify(raw.trigger_config),
    given.further_triggers === undefined ? row.further_triggers : jsonOrNull(raw.further_triggers),
    patch.actions === undefined ? row.actions : JSON.stringify(raw.actions),
    patch.conditions === undefined ? row.conditions : jsonOrNull(patch.conditions),
    patch.settings === undefined ? row.settings : jsonOrNull(patch.settings),
    patch.owner_id === undefined ? row.owner_id : checkOwner(db, patch.owner_id),
    rewritten || status !== 'active' ? null : row.parked_reason,
    patch.confirm_addresses === true ? null : row.unconfirmed_addresses,
    nowText,
    id,
  );
  const wasPaused = readWorkflowStatus(row.status) === 'paused';
  if (status === 'paused' && !wasPaused) writePause(db, id, 'drain', null, nowText);
  if (status !== 'paused') clearPause(db, id);
  return withWarnings(db, toWorkflow(db, publishIfActive(unit, id, knowledge), knowledge));
}

/** @throws UserError `not_found` */
export function removeWorkflow(unit: UnitOfWork, id: string): void {
  getWorkflowRow(unit.db, id);
  unit.db.run('UPDATE workflows SET is_deleted = 1, updated_at = ? WHERE id = ?', unit.nowText, id);
  unit.touch('workflow', id);
}

export interface StartInput {
  readonly contact_id?: string | undefined;
  readonly deal_id?: string | undefined;
  readonly company_id?: string | undefined;
  readonly activity_id?: string | undefined;
}

const startKeys = [
  ['contact_id', 'contact'],
  ['deal_id', 'deal'],
  ['company_id', 'company'],
  ['activity_id', 'task'],
] as const satisfies readonly (readonly [keyof StartInput, ObjectName])[];

/**
 * Asks for a run by hand: writes the `manual` event and the queued run; the executor takes it from there.
 *
 * @returns id of the run
 * @throws UserError `conflict` with the cure when the workflow is not active or parked, `not_found`, or
 *   `validation_failed` when the record does not exist or more than one is given
 */
export function startWorkflow(unit: UnitOfWork, id: string, start: StartInput): string {
  runnableDefinition(unit.db, id);
  const { record, keys } = startRecord(unit.db, start);
  return queueRun(unit, id, record, keys);
}

/**
 * As {@link startWorkflow}, on a record that is at hand already; one that is in the bin by now counts as none.
 *
 * @throws UserError `conflict` or `not_found`
 */
export function startWorkflowOn(
  unit: UnitOfWork,
  id: string,
  record: RecordReference | null,
): string {
  runnableDefinition(unit.db, id);
  const keys = record ? keysOf(unit.db, record.object, record.id) : null;
  return queueRun(unit, id, keys ? record : null, keys ?? {});
}

/** As {@link startWorkflowOn}, for a record that matched when the workflow was switched on. */
export function queueEnrolled(unit: UnitOfWork, id: string, record: RecordReference): void {
  const keys = keysOf(unit.db, record.object, record.id);
  if (keys) queueRun(unit, id, record, keys, true);
}

/**
 * What runs next of a workflow.
 *
 * @throws UserError `not_found`, or `conflict` with the cure when the workflow would not run
 */
export function runnableDefinition(db: Reader, id: string): Definition {
  const row = getWorkflowRow(db, id);
  const status = readWorkflowStatus(row.status);
  if (status !== 'active') {
    throw new UserError(
      'conflict',
      `The workflow "${row.name}" is ${status === 'draft' ? 'a draft' : 'paused'}. Set its status to active, then start it again.`,
      {
        field: 'status',
      },
    );
  }
  const check = checkStoredDefinition(
    row,
    definitionKnowledge(db),
    latestVersion(db, id)?.definition?.actions ?? [],
  );
  if (!check.definition) {
    const problem = check.faults[0] ?? check.gaps[0];
    throw new UserError(
      'conflict',
      `The workflow "${row.name}" cannot run: ${problem?.path ?? 'actions'}: ${problem?.message ?? 'it is not complete.'}`,
      {
        field: problem?.path ?? 'actions',
      },
    );
  }
  refuseUnconfirmed(row.name, unconfirmedOf(row));
  return check.definition;
}

/** Writes the `manual` event and the queued run of a start; the caller knows that the workflow runs. */
export function queueRun(
  unit: UnitOfWork,
  id: string,
  record: RecordReference | null,
  keys: EventData['keys'],
  enrolled = false,
): string {
  const executionId = unit.ids.next();
  const eventId = unit.emit({
    type: 'manual',
    object: record?.object ?? null,
    record_id: record?.id ?? null,
    data: {
      keys: { ...keys, old_stage: null, new_stage: null, workflow_id: id },
      changes: {},
      ...(enrolled ? { enrolled: true as const } : {}),
    },
  });
  insertQueuedRun(unit.db, {
    id: executionId,
    workflow_id: id,
    event_id: eventId,
    record,
    at: unit.nowText,
  });
  unit.touch('execution', executionId);
  return executionId;
}

/** The record a start names, with the flat keys its own trigger would fill. */
function startRecord(
  db: Reader,
  start: StartInput,
): { record: RecordReference | null; keys: EventData['keys'] } {
  const given = startKeys.filter(([key]) => start[key] !== undefined);
  const [first, second] = given;
  if (second)
    throw invalid(
      second[0],
      `Give one record to start on, not several: ${given.map(([key]) => key).join(', ')}.`,
    );
  if (!first) return { record: null, keys: {} };
  const [key, object] = first;
  const id = start[key] ?? '';
  const keys = keysOf(db, object, id);
  if (!keys)
    throw invalid(key, `${key}: there is no ${recordKinds[object].noun} with the id "${id}".`);
  return { record: { object, id }, keys };
}

/** The flat keys a record's own trigger would fill; null when the record is gone. */
export function keysOf<O extends ObjectName>(
  db: Reader,
  object: O,
  id: string,
): EventData['keys'] | null {
  const kind = recordKinds[object];
  const record = findRecord(db, kind, id);
  return record ? kind.eventKeys(record) : null;
}
