import type { Page } from '../../../shared/contract/lists.ts';
import type { Workflow } from '../../../shared/contract/workflows.ts';
import type { DefinitionKnowledge } from '../../../shared/workflow/check-definition.ts';
import { isPlainObject } from '../../../shared/workflow/definition-findings.ts';
import { type Problem, readWorkflowStatus } from '../../../shared/workflow/definition.ts';
import { containsFilter, type Filter, type PageQuery, readPage } from '../../crm/records/page.ts';
import type { Reader } from '../../db/handle.ts';
import { currentHookKey } from '../../delivery/hooks/hook-store.ts';
import { notFound } from '../../errors.ts';
import {
  checkStoredDefinition,
  type DefinitionColumns,
  readStoredDefinition,
} from './stored-definition.ts';
import { readHold } from './pause-store.ts';
import { unconfirmedOf } from './unconfirmed-addresses.ts';
import { latestVersion } from './version-store.ts';

export interface WorkflowRow extends DefinitionColumns {
  readonly seq: number;
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly status: string;
  readonly owner_id: string;
  readonly execution_count: number;
  readonly last_executed_at: string | null;
  readonly is_deleted: number;
  readonly parked_reason: string | null;
  readonly pause_mode: string | null;
  readonly paused_reason: string | null;
  readonly unconfirmed_addresses: string | null;
  readonly created_at: string;
  readonly updated_at: string;
}

const select = 'SELECT r.* FROM workflows r';

/** `is_deleted` is compared with 0, so that whatever a program writes for "true" hides the workflow. */
const alive: Filter = { sql: 'coalesce(r.is_deleted, 0) = 0', values: [] };

/** @throws UserError `not_found` */
export function getWorkflowRow(db: Reader, id: string): WorkflowRow {
  const row = db.get<WorkflowRow>(`${select} WHERE r.id = ? AND ${alive.sql}`, id);
  if (!row) throw notFound('workflow', id);
  return row;
}

export function listWorkflowRows(db: Reader): WorkflowRow[] {
  return db.all<WorkflowRow>(`${select} WHERE ${alive.sql} ORDER BY r.seq`);
}

export function listWorkflows(
  db: Reader,
  query: PageQuery & { q?: string | undefined },
  knowledge: DefinitionKnowledge,
): Page<Workflow> {
  const text = query.q?.trim() ?? '';
  const filters =
    text === '' ? [alive] : [alive, containsFilter(['r.name', 'r.description'], text)];
  return readPage<WorkflowRow, Workflow>(db, select, filters, query, (row) =>
    toWorkflow(db, row, knowledge),
  );
}

export function toWorkflow(db: Reader, row: WorkflowRow, knowledge: DefinitionKnowledge): Workflow {
  const { raw } = readStoredDefinition(row);
  const version = latestVersion(db, row.id);
  const check = checkStoredDefinition(row, knowledge, version?.definition?.actions ?? []);
  const problems: Problem[] = [...check.faults, ...check.gaps];
  const config = isPlainObject(raw.trigger_config) ? { ...raw.trigger_config } : {};
  const further: readonly unknown[] = Array.isArray(raw.further_triggers)
    ? raw.further_triggers
    : [];
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    status: readWorkflowStatus(row.status),
    trigger_type: row.trigger_type,
    hook_key: waitsForHook(row) ? currentHookKey(db, row.id) : null,
    // Anything else than an object is among the problems.
    trigger_config: config,
    triggers: [{ type: row.trigger_type, config }, ...further.map(readTrigger)],
    actions: Array.isArray(raw.actions) ? raw.actions : [],
    owner_id: row.owner_id,
    execution_count: row.execution_count,
    last_executed_at: row.last_executed_at,
    parked_reason: row.parked_reason,
    pause_mode: pauseModeOf(row),
    paused_reason: readWorkflowStatus(row.status) === 'paused' ? row.paused_reason : null,
    unconfirmed_addresses: unconfirmedOf(row),
    problems,
    warnings: [],
    conditions: isPlainObject(raw.conditions) ? raw.conditions : null,
    settings: isPlainObject(raw.settings) ? raw.settings : null,
    version: version?.number ?? null,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}

/** A pause by SQL says nothing of the runs that wait, so they finish. */
function pauseModeOf(row: WorkflowRow): Workflow['pause_mode'] {
  if (readWorkflowStatus(row.status) !== 'paused') return null;
  return readHold(row) ?? 'drain';
}

/** A trigger as it was written; what cannot be read as one is among the problems. */
function readTrigger(raw: unknown): Workflow['triggers'][number] {
  const { type, config } = isPlainObject(raw) ? raw : {};
  return {
    type: typeof type === 'string' ? type : '',
    config: isPlainObject(config) ? config : {},
  };
}

/** Whether one of the triggers is a webhook; asked of a draft too, which has its address before it is turned on. */
export function waitsForHook({
  trigger_type: type,
  further_triggers: further,
}: Pick<WorkflowRow, 'trigger_type' | 'further_triggers'>): boolean {
  return type === 'webhook_received' || (further?.includes('"webhook_received"') ?? false);
}
