import type { Workflow } from '../../shared/contract/workflows.ts';
import { readWorkflowStatus } from '../../shared/workflow/definition.ts';
import {
  findLoops,
  type LinkedWorkflow,
  type Loop,
} from '../../shared/workflow/loops/find-loops.ts';
import type { Reader } from '../db/handle.ts';
import { stageSlugs } from '../crm/deals/pipeline.ts';
import { checkStoredDefinition } from './store/stored-definition.ts';
import { latestVersion } from './store/version-store.ts';
import { getWorkflowRow, listWorkflowRows, type WorkflowRow } from './store/workflow-store.ts';

/** A workflow with the loops it may be part of, were it active now. One that is not complete is in none. */
export function withWarnings(db: Reader, workflow: Workflow): Workflow {
  const stages = stageSlugs(db);
  const own = linked(db, getWorkflowRow(db, workflow.id), stages);
  if (!own) return workflow;
  const others = listWorkflowRows(db)
    .filter((row) => row.id !== workflow.id && readWorkflowStatus(row.status) === 'active')
    .flatMap((row) => linked(db, row, stages) ?? []);
  const loops = findLoops(own.id, [own, ...others]);
  return {
    ...workflow,
    warnings: loops.map((loop) => ({
      code: loop.kind,
      message: inWords(loop),
      links: loop.links.map((link) => ({ ...link })),
    })),
  };
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
