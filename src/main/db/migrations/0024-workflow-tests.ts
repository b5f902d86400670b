/**
 * Rehearsals kept as tests: the records they begin with, and what the workflow is to do with them. Both are JSON that the
 * program alone writes; a row that was damaged fails its own test and no other.
 */
export const workflowTests = {
  version: 24,
  name: 'workflow-tests',
  sql: `
CREATE TABLE workflow_tests (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  workflow_id TEXT NOT NULL REFERENCES workflows(id),
  name TEXT NOT NULL,
  fixture TEXT NOT NULL,
  expected TEXT NOT NULL,
  created_at TEXT NOT NULL
);
CREATE INDEX workflow_tests_workflow ON workflow_tests(workflow_id);
`,
} as const;
