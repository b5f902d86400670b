import type { WorkflowTest } from '../../../shared/contract/workflow-tests.ts';
import type { Reader } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { notFound } from '../../errors.ts';

export interface TestRow extends Omit<WorkflowTest, 'object'> {
  /** JSON of a Fixture and of an Outcome, read one by one. */
  readonly fixture: string;
  readonly expected: string;
}

const columns = 'id, workflow_id, name, fixture, expected, created_at';

export function testsOf(db: Reader, workflowId: string): TestRow[] {
  return db.all<TestRow>(
    `SELECT ${columns} FROM workflow_tests WHERE workflow_id = ? ORDER BY seq`,
    workflowId,
  );
}

/** @throws UserError `not_found` */
export function getTest(db: Reader, workflowId: string, id: string): TestRow {
  const row = db.get<TestRow>(
    `SELECT ${columns} FROM workflow_tests WHERE id = ? AND workflow_id = ?`,
    id,
    workflowId,
  );
  if (!row) throw notFound('test', id);
  return row;
}

export function insertTest(unit: UnitOfWork, test: Omit<TestRow, 'created_at'>): void {
  unit.db.run(
    'INSERT INTO workflow_tests (id, workflow_id, name, fixture, expected, created_at) VALUES (?, ?, ?, ?, ?, ?)',
    test.id,
    test.workflow_id,
    test.name,
    test.fixture,
    test.expected,
    unit.nowText,
  );
}

export function expectOf(unit: UnitOfWork, id: string, expected: string): void {
  unit.db.run('UPDATE workflow_tests SET expected = ? WHERE id = ?', expected, id);
}

export function removeTest(unit: UnitOfWork, id: string): void {
  unit.db.run('DELETE FROM workflow_tests WHERE id = ?', id);
}
