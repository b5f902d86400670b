import type { RehearsalInput } from '../../../shared/contract/rehearsal.ts';
import { checkDefinition } from '../../../shared/workflow/check-definition.ts';
import type { Definition, RawDefinition } from '../../../shared/workflow/definition.ts';
import { localUserId } from '../../crm/records/record-store.ts';
import type { Reader } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { invalid, UserError } from '../../errors.ts';
import type { ListeningWorkflow } from '../executor/workflow-catalog.ts';
import { clearPause } from '../store/pause-store.ts';
import { insertRehearsedWorkflow, switchOnForRehearsal } from '../store/rehearsal-store.ts';
import { keepStepIds, readStoredDefinition } from '../store/stored-definition.ts';
import { latestVersion, publishVersion } from '../store/version-store.ts';
import { getWorkflowRow } from '../store/workflow-store.ts';
import { definitionKnowledge, readTriggerInput } from '../workflow-service.ts';

type Wanted = Pick<RehearsalInput, 'workflow_id' | 'draft'>;

/**
 * What is to be rehearsed, checked as a publish would check it.
 *
 * @throws UserError `not_found`, or `validation_failed` with every problem
 */
export function rehearsedDefinition(db: Reader, { workflow_id: id, draft }: Wanted): Definition {
  if (id === undefined && draft === undefined)
    throw invalid('draft', 'draft is missing. Give it, or workflow_id of a stored workflow.');
  const raw = id === undefined ? newDefinition : storedDefinition(db, id);
  const given = readTriggerInput(draft ?? {});
  const previous = id === undefined ? [] : (latestVersion(db, id)?.definition?.actions ?? []);
  const check = checkDefinition(
    {
      trigger_type: given.trigger_type ?? raw.trigger_type,
      trigger_config:
        given.trigger_config === undefined ? raw.trigger_config : (given.trigger_config ?? {}),
      further_triggers:
        given.further_triggers === undefined ? raw.further_triggers : given.further_triggers,
      actions: keepStepIds(draft?.actions ?? raw.actions, previous),
      conditions: draft?.conditions === undefined ? raw.conditions : draft.conditions,
      settings: draft?.settings === undefined ? raw.settings : draft.settings,
    },
    definitionKnowledge(db),
  );
  if (check.definition) return check.definition;
  const problems = [...check.faults, ...check.gaps];
  const [first] = problems;
  throw new UserError('validation_failed', first?.message ?? 'The workflow is not complete.', {
    field: first?.path ?? 'actions',
    problems,
  });
}

const newDefinition: RawDefinition = { trigger_type: '', trigger_config: {}, actions: [] };

/** @throws UserError when SQL made a text of it unreadable */
function storedDefinition(db: Reader, id: string): RawDefinition {
  const { raw, faults } = readStoredDefinition(getWorkflowRow(db, id));
  const [first] = faults;
  if (first) throw invalid(first.path, first.message);
  return raw;
}

/** Makes the workflow listen within a rehearsal, by a version that is undone with it. */
export function switchOn(unit: UnitOfWork, wanted: Wanted): ListeningWorkflow {
  const definition = rehearsedDefinition(unit.db, wanted);
  const known =
    wanted.workflow_id === undefined ? null : getWorkflowRow(unit.db, wanted.workflow_id);
  const workflow = {
    id: known?.id ?? unit.ids.next(),
    name: wanted.draft?.name ?? known?.name ?? 'Rehearsal',
    owner_id: known?.owner_id ?? localUserId(unit.db),
  };
  if (known) {
    switchOnForRehearsal(unit.db, known.id);
    clearPause(unit.db, known.id);
  } else {
    insertRehearsedWorkflow(unit.db, workflow, unit.nowText);
  }
  const { id: version_id } = publishVersion(unit, workflow.id, definition);
  return { ...workflow, version_id, definition };
}
