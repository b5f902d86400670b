import type { Workflow } from '../../shared/contract/workflows.ts';
import type { VersionDefinition } from '../../shared/contract/versions.ts';
import {
  type Definition,
  defaultWorkflowSettings,
  triggersOf,
} from '../../shared/workflow/definition.ts';
import type { Reader } from '../db/handle.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { UserError } from '../errors.ts';
import { findVersion } from './store/version-store.ts';
import { getWorkflowRow } from './store/workflow-store.ts';
import { updateWorkflow } from './workflow-service.ts';

function readableVersion(db: Reader, id: string, number: number) {
  getWorkflowRow(db, id);
  const version = findVersion(db, id, number);
  if (!version) {
    throw new UserError('not_found', `The workflow has no version ${number}.`, { field: 'number' });
  }
  const { definition } = version;
  if (!definition) {
    throw new UserError(
      'conflict',
      `The text of version ${number} was damaged and cannot be read. Choose another version.`,
      { field: 'number' },
    );
  }
  return { ...version, definition };
}

/** @throws UserError `not_found`, or `conflict` when its text was made unreadable by SQL */
export function getVersion(db: Reader, id: string, number: number): VersionDefinition {
  const { definition, created_at } = readableVersion(db, id, number);
  const { conditions, settings, actions } = definition;
  return {
    number,
    created_at,
    triggers: triggersOf(definition).map(({ type, config }) => ({ type, config: { ...config } })),
    conditions: conditions && { ...conditions },
    settings: { ...settings },
    actions: [...actions],
  };
}

/** What people write of settings: those that are as always are left out. */
function writtenSettings(settings: Definition['settings']): Record<string, unknown> | null {
  const always: Readonly<Record<string, unknown>> = { ...defaultWorkflowSettings };
  const given = Object.entries(settings).filter(([name, value]) => value !== always[name]);
  return given.length === 0 ? null : Object.fromEntries(given);
}

/**
 * Makes an older version what the workflow does again; its name, status and runs stay as they are. An active workflow
 * publishes it as a new version, whose definition is the old one's byte for byte.
 *
 * @throws UserError `not_found`, `conflict`, or `validation_failed` when it names what is no longer there
 */
export function restoreVersion(unit: UnitOfWork, id: string, number: number): Workflow {
  const { definition } = readableVersion(unit.db, id, number);
  const { conditions, settings, actions } = definition;
  return updateWorkflow(unit, id, {
    triggers: triggersOf(definition),
    conditions: conditions && { ...conditions },
    settings: writtenSettings(settings),
    actions,
  });
}
