/** Errors say which of three kinds they are: fix the input, try again, a fault of ours. */
export const errorKinds = {
  version: 41,
  name: 'error-kinds',
  sql: `
ALTER TABLE step_records ADD COLUMN error_kind TEXT;
ALTER TABLE workflow_executions ADD COLUMN error_kind TEXT;
ALTER TABLE deliveries ADD COLUMN error_kind TEXT;
`,
} as const;
