import type { StepResult } from '../../../../shared/contract/workflows.ts';
import { isControlType } from '../../../../shared/workflow/definition.ts';
import { plainText, shortened, type Translate } from './trigger-words.ts';

type Result = Pick<StepResult, 'type' | 'status' | 'input' | 'output'>;

/**
 * What a control step decided, as a run's history tells it: "Took: Then", "3 times", "Went on when the time
 * came".
 *
 * @returns null for a step that does something, and for one that never decided
 */
export function outcomeInWords(
  { type, status, input, output }: Result,
  t: Translate,
  formatWhen: (text: string) => string,
): string | null {
  if (!isControlType(type) || output === null) return null;
  switch (type) {
    case 'if':
      return t('flow.run.took', { branch: t(`flow.lists.if_${plainText(output['branch'])}`) });
    case 'switch': {
      const taken = plainText(output['branch']);
      const branch =
        taken === 'default'
          ? t('flow.lists.default')
          : t('flow.lists.case', { value: shortened(taken) });
      return t('flow.run.value_took', { value: shortened(input['value']), branch });
    }
    case 'for_each':
      return t('flow.run.turns', { count: Number(output['count'] ?? 0) });
    case 'stop':
      return t('flow.run.stopped');
    case 'wait':
      return status === 'waiting'
        ? waitingWords(output['until'], t, formatWhen)
        : endedWords(output, t, formatWhen);
  }
}

function waitingWords(until: unknown, t: Translate, formatWhen: (text: string) => string): string {
  return typeof until === 'string'
    ? t('flow.run.waits_until', { when: formatWhen(until) })
    : t('flow.run.waits');
}

function endedWords(
  output: Readonly<Record<string, unknown>>,
  t: Translate,
  formatWhen: (text: string) => string,
): string {
  const by = plainText(output['ended_by']);
  const how = t(`flow.run.ended.${by}`, { defaultValue: by });
  const at = output['ended_at'];
  return typeof at === 'string' ? t('flow.run.ended_at', { how, when: formatWhen(at) }) : how;
}
