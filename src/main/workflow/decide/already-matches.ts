import type {
  ConditionGroup,
  ConditionRule,
} from '../../../shared/workflow/conditions/condition-tree.ts';
import type { Trigger } from '../../../shared/workflow/definition.ts';
import { isObjectName, type ObjectName } from '../../../shared/model/objects.ts';
import { triggerObject } from '../../../shared/workflow/triggers.ts';

/** What a record must be like for a trigger to have been about it. */
export interface AlreadyMatches {
  readonly object: ObjectName;
  readonly conditions: ConditionGroup;
}

/**
 * The records that a trigger would have taken in, had it been on: those that stand now as its event leaves them. Null
 * for a trigger that leaves no such records behind.
 */
export function alreadyMatches(trigger: Trigger, nowText: string): AlreadyMatches | null {
  const { type, config } = trigger;
  const rules = (...list: ConditionRule[]): ConditionGroup => ({ combinator: 'and', rules: list });
  const object = triggerObject(trigger);
  switch (type) {
    case 'deal_stage_changed': {
      const { to_stage: stage } = config;
      return {
        object: 'deal',
        conditions:
          stage === undefined
            ? rules()
            : rules({ field: 'deal.stage', operator: '=', value: stage }),
      };
    }
    case 'deal_won':
    case 'deal_lost': {
      const value = type === 'deal_won' ? 'won' : 'lost';
      return {
        object: 'deal',
        conditions: rules({ field: 'deal.status', operator: '=', value }),
      };
    }
    case 'task_completed':
      return {
        object: 'task',
        conditions: rules({ field: 'task.completed_at', operator: 'notNull', value: null }),
      };
    case 'task_overdue':
      return {
        object: 'task',
        conditions: rules(
          { field: 'task.completed_at', operator: 'null', value: null },
          { field: 'task.due_at', operator: '<', value: nowText },
        ),
      };
    case 'tag_added': {
      const { object: tagged, tag } = config;
      if (tagged === undefined || !isObjectName(tagged)) return null;
      const rule: ConditionRule =
        tag === undefined
          ? { field: `${tagged}.tags`, operator: 'notNull', value: null }
          : { field: `${tagged}.tags`, operator: 'hasTag', value: tag };
      return { object: tagged, conditions: rules(rule) };
    }
    case 'deal_deleted':
    case 'contact_deleted':
    case 'tag_removed':
    case 'schedule':
    case 'manual':
      return null;
    default:
      return object === null ? null : { object, conditions: rules() };
  }
}
