import type { ObjectName } from '../model/objects.ts';
import { checkConditions } from './conditions/check-conditions.ts';
import {
  defaultWorkflowSettings,
  missedChoices,
  reEntryChoices,
  type WorkflowSettings,
  workflowSettingKeys,
} from './definition.ts';
import { type Findings, isPlainObject, oneOf } from './definition-findings.ts';
import { isTimeZone, parseRelativeDate } from './relative-date.ts';

/**
 * Notes what is wrong in the settings of a workflow.
 *
 * @param supplied the objects a run reaches; null when any may be named
 * @returns them with what was left out filled in
 */
export function checkSettings(
  raw: unknown,
  supplied: readonly ObjectName[] | null,
  findings: Findings,
): WorkflowSettings {
  if (raw === undefined || raw === null) return defaultWorkflowSettings;
  if (!isPlainObject(raw)) {
    findings.fault(
      'settings',
      'wrong_type',
      'settings must be an object such as {"re_entry": "once"}.',
    );
    return defaultWorkflowSettings;
  }
  for (const key of Object.keys(raw)) {
    if (workflowSettingKeys.some((known) => known === key)) continue;
    findings.fault(
      `settings.${key}`,
      'unknown_key',
      `Unknown key "${key}" in settings. Use: ${oneOf(workflowSettingKeys)}.`,
    );
  }
  const reEntry = raw['re_entry'] ?? defaultWorkflowSettings.re_entry;
  const known = reEntryChoices.find((choice) => choice === reEntry);
  if (!known) {
    findings.fault(
      'settings.re_entry',
      'wrong_choice',
      `re_entry must be one of: ${oneOf(reEntryChoices)}.`,
    );
  }
  const priority = raw['priority'] ?? 0;
  if (typeof priority !== 'number' || !Number.isInteger(priority)) {
    findings.fault(
      'settings.priority',
      'wrong_type',
      'priority must be a whole number such as 10.',
    );
  }
  const zone = raw['time_zone'] ?? null;
  if (zone !== null && (typeof zone !== 'string' || !isTimeZone(zone))) {
    findings.fault(
      'settings.time_zone',
      'wrong_type',
      'time_zone must be a zone such as Europe/Berlin.',
    );
  }
  return {
    re_entry: known ?? 'after_exit',
    priority: typeof priority === 'number' ? priority : 0,
    time_zone: typeof zone === 'string' ? zone : null,
    ...checkMissed(raw, findings),
    ...checkEnds(raw, supplied, findings),
  };
}

type Settings = Readonly<Record<string, unknown>>;

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** What stands for "nothing" is left out, so that a version says only what somebody chose. */
function checkMissed(
  { missed, max_lateness: lateness }: Settings,
  findings: Findings,
): Pick<WorkflowSettings, 'missed' | 'max_lateness'> {
  const choice = missedChoices.find((one) => one === missed);
  if (isGiven(missed) && !choice) {
    findings.fault(
      'settings.missed',
      'wrong_choice',
      `missed must be one of: ${oneOf(missedChoices)}.`,
    );
  }
  if (!isGiven(lateness)) return choice ? { missed: choice } : {};
  const span = typeof lateness === 'string' ? parseRelativeDate(lateness) : null;
  if (!span || span.amount < 0) {
    findings.fault(
      'settings.max_lateness',
      'bad_relative_date',
      'max_lateness must be a time span such as "+2 hours".',
    );
  } else if (choice === 'skip') {
    findings.fault(
      'settings.max_lateness',
      'unknown_key',
      'max_lateness goes with missed: run or ask; with skip nothing that was missed is done.',
    );
  }
  return {
    ...(choice ? { missed: choice } : {}),
    ...(typeof lateness === 'string' ? { max_lateness: lateness } : {}),
  };
}

function checkEnds(
  raw: Settings,
  supplied: readonly ObjectName[] | null,
  findings: Findings,
): Pick<WorkflowSettings, 'goal' | 'exit_when'> {
  const read = (key: 'goal' | 'exit_when') => {
    if (!isGiven(raw[key])) return {};
    const tree = checkConditions(raw[key], `settings.${key}`, supplied, findings);
    // An empty tree holds always, and would end each run before its first step.
    return tree && Array.isArray(tree.rules) && tree.rules.length > 0 ? { [key]: tree } : {};
  };
  return { ...read('goal'), ...read('exit_when') };
}
