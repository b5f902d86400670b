import type { Activity } from '../../../shared/model/fields/registry.ts';
import { plainColumns } from '../records/column-values.ts';
import { readTagNames, tagsColumn } from '../tags/tag-store.ts';
import {
  defineRecordKind,
  type FollowingEvent,
  type RecordChange,
  type Row,
} from '../records/record-kind.ts';

interface ActivityRow {
  id: string;
  type: Activity['type'];
  title: string;
  description: string | null;
  priority: Activity['priority'];
  due_at: string | null;
  completed_at: string | null;
  contact_id: string | null;
  deal_id: string | null;
  company_id: string | null;
  owner_id: string;
  tags: string | null;
  created_at: string;
  updated_at: string;
}

function toDto(stored: Row): Activity {
  // The select below reads exactly these columns.
  const row = stored as unknown as ActivityRow;
  return {
    id: row.id,
    type: row.type,
    title: row.title,
    description: row.description,
    priority: row.priority,
    due_at: row.due_at,
    completed_at: row.completed_at,
    contact_id: row.contact_id,
    deal_id: row.deal_id,
    company_id: row.company_id,
    tags: readTagNames(row.tags),
    owner_id: row.owner_id,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}

function eventKeys(activity: Activity) {
  return {
    activity_id: activity.id,
    activity_title: activity.title,
    contact_id: activity.contact_id,
    deal_id: activity.deal_id,
    company_id: activity.company_id,
    owner_id: activity.owner_id,
  };
}

function furtherEvents({ before, after }: RecordChange<'task'>): readonly FollowingEvent[] {
  const completed = before.completed_at === null && after.completed_at !== null;
  return completed ? [{ type: 'task_completed', keys: eventKeys(after) }] : [];
}

/** An activity is a task, a call, a meeting or an email; conditions and steps call any of them `task`. */
export const activityKind = defineRecordKind<'task'>({
  object: 'task',
  table: 'activities',
  noun: 'activity',
  columns: [
    'type',
    'title',
    'description',
    'priority',
    'due_at',
    'completed_at',
    'contact_id',
    'deal_id',
    'company_id',
    'owner_id',
  ],
  select: `SELECT r.*, ${tagsColumn} FROM activities r`,
  expressions: {},
  fieldOfColumn: {},
  together: [],
  searched: ['r.title', 'r.description'],
  toDto,
  toColumns: (db, input) => plainColumns(db, 'task', input),
  eventKeys,
  createdEvent: 'task_created',
  updatedEvent: 'task_updated',
  deletedEvent: 'task_deleted',
  restoredEvent: 'task_restored',
  furtherEvents,
});
