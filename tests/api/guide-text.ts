/**
 * The JSON, SQL and calls that users bring along from their workflow guide, word for word. Nothing here may be
 * adapted to the program: the program has to take it as it stands.
 */
export const guideActionList = `[{"type": "create_task", "config": {"title": "Follow up with {{deal_title}}", "description": "Contact the client about the new deal", "due_date": "+3 days", "activity_type": "task"}},
 {"type": "update_field", "config": {"object": "deal", "field": "description", "value": "Workflow created follow-up task"}}]`;

export const guideCreateTask = `{"type": "create_task", "config": {"title": "Follow up with client", "description": "Discuss next steps", "due_date": "+3 days", "activity_type": "task"}}`;
export const guideUpdateField = `{"type": "update_field", "config": {"object": "deal", "field": "description", "value": "Updated by workflow"}}`;
export const guideCreateDeal = `{"type": "create_deal", "config": {"title": "New opportunity from {{contact.name}}", "value": 5000, "stage": "qualification"}}`;

/** Flat keys of the trigger data, per trigger. */
export const guideTriggerKeys = {
  contact_created: ['contact_id', 'contact_name', 'contact_email', 'owner_id'],
  deal_stage_changed: ['deal_id', 'old_stage', 'new_stage', 'deal_title'],
  deal_created: ['deal_id', 'deal_title', 'contact_id', 'owner_id'],
} as const;

export const guideSql = {
  changeActions: `UPDATE workflows SET actions = '[{"type": "create_task", "config": {"title": "Test task from workflow", "description": "This task was created automatically", "due_date": "+1 day"}}]' WHERE id = 'your-workflow-id';`,
  activate: `UPDATE workflows SET status = 'active' WHERE id = 'your-workflow-id';`,
  recentRuns: `SELECT w.name as workflow_name, we.status, we.success_count, we.failure_count, we.duration_seconds, we.started_at, we.error_message
  FROM workflow_executions we JOIN workflows w ON we.workflow_id = w.id ORDER BY we.started_at DESC LIMIT 50;`,
  workflowsByUse: `SELECT name, status, execution_count, last_executed_at, trigger_type FROM workflows WHERE is_deleted = false ORDER BY execution_count DESC;`,
  oneWorkflow: `SELECT * FROM workflows WHERE id = 'workflow-id';`,
  runsOfOne: `SELECT * FROM workflow_executions WHERE workflow_id = 'workflow-id' ORDER BY started_at DESC LIMIT 10;`,
  failedRunsOfOne: `SELECT actions_executed, error_message FROM workflow_executions WHERE workflow_id = 'workflow-id' AND status = 'failed' ORDER BY started_at DESC;`,
} as const;

export const guideCalls = {
  execute: `curl -X POST http://localhost:8000/api/workflows/{workflow_id}/execute -H "Authorization: Bearer YOUR_TOKEN"`,
  executions: `curl http://localhost:8000/api/workflows/{workflow_id}/executions -H "Authorization: Bearer YOUR_TOKEN"`,
} as const;

/** A statement of the guide with the id filled in. */
export function forWorkflow(sql: string, id: string): string {
  return sql.replace(/'(?:your-)?workflow-id'/, `'${id}'`);
}
