import { defaultWorkflowSettings, reEntryChoices, type WorkflowSettings } from './definition.ts';
import { type Findings, isPlainObject, oneOf } from './definition-findings.ts';

const settingKeys = Object.keys(defaultWorkflowSettings);

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Notes what is wrong in the settings of a workflow. @returns them with what was left out filled in */
export function checkSettings(raw: unknown, findings: Findings): WorkflowSettings {
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
    if (settingKeys.includes(key)) continue;
    findings.fault(
      `settings.${key}`,
      'unknown_key',
      `Unknown key "${key}" in settings. Use: ${oneOf(settingKeys)}.`,
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
  };
}
