import type { Notification } from '../../../shared/contract/notifications.ts';

export interface NotificationGroup {
  /** '' for what no workflow sent. */
  readonly workflow_id: string;
  readonly workflow_name: string | null;
  readonly items: readonly Notification[];
}

/** One group a workflow, the one with the newest notification first; each keeps the order it came in. */
export function groupByWorkflow(items: readonly Notification[]): NotificationGroup[] {
  const groups = new Map<string, Notification[]>();
  for (const item of items) {
    const key = item.workflow_id ?? '';
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups].map(([workflow_id, own]) => ({
    workflow_id,
    workflow_name: own[0]?.workflow_name ?? null,
    items: own,
  }));
}
