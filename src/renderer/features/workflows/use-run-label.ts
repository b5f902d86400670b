import { useTranslation } from 'react-i18next';
import type { Execution } from '../../../shared/contract/workflows.ts';
import { formatDayTime } from '../../ui/format.ts';
import { fieldWords } from './model/condition-words.ts';
import { useWorkflowText } from './use-words.ts';

type Run = Pick<Execution, 'status' | 'waiting_until' | 'waiting_for'>;

/** How a run stands, in a few words: a waiting one says until when or for what. */
export function useRunLabel(): (run: Run) => string {
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  return ({ status, waiting_until: until, waiting_for: reason }) => {
    if (status !== 'waiting' || !reason) return t(`run_status.${status}`);
    const when = until === null ? '' : formatDayTime(until);
    switch (reason.kind) {
      case 'event': {
        const detail = reason.detail ?? '';
        const event = text(`flow.run.short_events.${detail}`, { defaultValue: detail });
        return when === ''
          ? t('flow.run.waiting_event', { event })
          : t('flow.run.waiting_event_most', { event, when });
      }
      case 'condition':
        return when === ''
          ? t('flow.run.waiting_condition')
          : t('flow.run.waiting_condition_most', { when });
      case 'field': {
        const field = fieldWords(reason.detail ?? '', text);
        return when === ''
          ? t('flow.run.waiting_event', { event: field })
          : t('flow.run.waiting_field', { when, field });
      }
      case 'external':
        return t('flow.run.waiting_external');
      case 'decision':
        return t('flow.run.waiting_decision');
      case 'time':
        return when === '' ? t('run_status.waiting') : t('flow.run.waiting_until', { when });
    }
  };
}
