import type { Workflow } from '../../shared/contract/workflows.ts';
import { checkDefinition } from '../../shared/workflow/check-definition.ts';
import { type RawDefinition, readWorkflowStatus } from '../../shared/workflow/definition.ts';
import {
  findLoops,
  type LinkedWorkflow,
  type Loop,
} from '../../shared/workflow/loops/find-loops.ts';
import type { Reader } from '../db/handle.ts';
import { customFields } from '../crm/fields/custom-field-store.ts';
import { stageSlugs } from '../crm/deals/pipeline.ts';
import { checkStoredDefinition } from './store/stored-definition.ts';
import { latestVersion } from './store/version-store.ts';
import { getWorkflowRow, listWorkflowRows, type WorkflowRow } from './store/workflow-store.ts';

type Warnings = Workflow['warnings'];

/** A workflow with the loops it may be part of, were it active now. One that is not complete is in none. */
export function withWarnings(db: Reader, workflow: Workflow): Workflow {
  const own = linked(db, getWorkflowRow(db, workflow.id), stageSlugs(db));
  return own ? { ...workflow, warnings: warningsOf(db, own) } : workflow;
}

interface Draft extends RawDefinition {
  /** Null for one that is not stored yet. */
  readonly id: string | null;
  readonly name: string;
}

/** The loops a draft may be part of, were it active now. */
export function draftWarnings(db: Reader, { id, name, ...raw }: Draft): Warnings {
  const knowledge = { stages: stageSlugs(db), custom: customFields(db) };
  const { definition } = checkDefinition(raw, knowledge);
  return definition ? warningsOf(db, { id: id ?? '', name, definition }) : [];
}

function warningsOf(db: Reader, own: LinkedWorkflow): Warnings {
  const stages = stageSlugs(db);
  const others = listWorkflowRows(db)
    .filter((row) => row.id !== own.id && readWorkflowStatus(row.status) === 'active')
    .flatMap((row) => linked(db, row, stages) ?? []);
  return findLoops(own.id, [own, ...others]).map((loop) => ({
    code: loop.kind,
    message: inWords(loop),
    links: loop.links.map((link) => ({ ...link })),
  }));
}

function linked(db: Reader, row: WorkflowRow, stages: readonly string[]): LinkedWorkflow | null {
  const previous = latestVersion(db, row.id)?.definition?.actions ?? [];
  const { definition } = checkStoredDefinition(row, { stages }, previous);
  return definition ? { id: row.id, name: row.name, definition } : null;
}

const beginnings = {
  loop: 'These workflows start each other',
  may_loop: 'These workflows may start each other',
  long_chain: 'More than 10 workflows start one another, and the last are refused',
} as const satisfies Record<Loop['kind'], string>;

/** `A → deal.stage → B → deal_created → A` */
function inWords({ kind, links }: Loop): string {
  const [first] = links;
  const path = links.map(({ to, event, field }) => ` → ${field ?? event} → “${to.name}”`).join('');
  return `${beginnings[kind]}: “${first?.from.name ?? ''}”${path}.`;
}
