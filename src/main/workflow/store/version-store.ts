import type { VersionSummary } from '../../../shared/contract/versions.ts';
import { isActionType } from '../../../shared/workflow/actions/index.ts';
import { allSteps, type Definition, isControlType } from '../../../shared/workflow/definition.ts';
import type { Reader } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';

export interface Version {
  readonly id: string;
  readonly number: number;
  readonly definition: Definition;
}

/** As it is stored: null when somebody made its text unreadable by SQL. */
export interface StoredVersion {
  readonly id: string;
  readonly number: number;
  readonly definition: Definition | null;
}

interface VersionRow {
  id: string;
  number: number;
  definition: string;
}

function readDefinition(text: string): Definition | null {
  try {
    // Written by publishVersion alone, which writes what was checked.
    return JSON.parse(text) as Definition;
  } catch {
    return null;
  }
}

export function latestVersion(db: Reader, workflowId: string): StoredVersion | null {
  const row = db.get<VersionRow>(
    'SELECT id, number, definition FROM workflow_versions WHERE workflow_id = ? ORDER BY number DESC LIMIT 1',
    workflowId,
  );
  return row ? { ...row, definition: readDefinition(row.definition) } : null;
}

/** A run cannot go on by its version: it is gone, its text was made unreadable, or it names a step we do not know. */
export class UnusableVersion extends Error {
  override readonly name = 'UnusableVersion';
}

/** @throws UnusableVersion runs keep their version, so only SQL or an older program can bring that about */
export function loadVersion(db: Reader, id: string): Version {
  // Versions never change, so many runs that go on share one parsed definition.
  return db.remember('workflow_versions', id, () => readVersion(db, id));
}

function readVersion(db: Reader, id: string): Version {
  const row = db.get<VersionRow>(
    'SELECT id, number, definition FROM workflow_versions WHERE id = ?',
    id,
  );
  const definition = row ? readDefinition(row.definition) : null;
  if (!row || !definition)
    throw new UnusableVersion(
      'The version of the workflow it began with is gone or cannot be read',
    );
  const unknown = allSteps(definition.actions).find(
    ({ type }) => !isActionType(type) && !isControlType(type),
  );
  if (unknown) {
    throw new UnusableVersion(
      `Version ${row.number} has a step "${unknown.type}", which Trellis does not know`,
    );
  }
  return { ...row, definition };
}

/**
 * Makes a definition what runs next: a new immutable version when it differs from the last, else the last one.
 */
export function publishVersion(
  unit: UnitOfWork,
  workflowId: string,
  definition: Definition,
): Version {
  const latest = latestVersion(unit.db, workflowId);
  const text = JSON.stringify(definition);
  if (latest && JSON.stringify(latest.definition) === text) return { ...latest, definition };
  const version = { id: unit.ids.next(), number: (latest?.number ?? 0) + 1, definition };
  unit.db.run(
    'INSERT INTO workflow_versions (id, workflow_id, number, definition, created_at) VALUES (?, ?, ?, ?, ?)',
    version.id,
    workflowId,
    version.number,
    text,
    unit.nowText,
  );
  return version;
}

/** A version by its number; null when there is none. */
export function findVersion(
  db: Reader,
  workflowId: string,
  number: number,
): (StoredVersion & { readonly created_at: string }) | null {
  const row = db.get<VersionRow & { created_at: string }>(
    'SELECT id, number, definition, created_at FROM workflow_versions WHERE workflow_id = ? AND number = ?',
    workflowId,
    number,
  );
  return row ? { ...row, definition: readDefinition(row.definition) } : null;
}

/** Every version with the runs that follow it, newest first. */
export function listVersions(db: Reader, workflowId: string): VersionSummary[] {
  return db.all<VersionSummary>(
    `SELECT v.number, v.created_at, count(x.id) AS runs,
       coalesce(sum(x.status IN ('queued', 'running', 'waiting', 'parked')), 0) AS open_runs
       FROM workflow_versions v
       LEFT JOIN workflow_executions x ON x.workflow_id = v.workflow_id AND x.version_id = v.id
      WHERE v.workflow_id = ? GROUP BY v.id ORDER BY v.number DESC`,
    workflowId,
  );
}

/** The version in force at an instant; null when none was published by then, or its text was damaged. */
export function versionAt(db: Reader, workflowId: string, at: string): Version | null {
  const row = db.get<VersionRow>(
    `SELECT id, number, definition FROM workflow_versions WHERE workflow_id = ? AND created_at <= ?
      ORDER BY number DESC LIMIT 1`,
    workflowId,
    at,
  );
  const definition = row ? readDefinition(row.definition) : null;
  return row && definition ? { ...row, definition } : null;
}
