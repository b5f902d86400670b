import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkInput, BulkProgress } from '../../../shared/contract/bulk.ts';
import { api } from '../../api/query.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';

interface Progress {
  readonly done: number;
  readonly total: number;
}

/** Carries a change of many records out, tells how far it is, and can be stopped. */
export function useBulkChange() {
  const { t } = useTranslation('views');
  const queries = useQueryClient();
  const failureText = useFailureText();
  const [progress, setProgress] = useState<Progress | null>(null);
  const aborter = useRef<AbortController | null>(null);

  function tell(
    result: Extract<BulkProgress, { kind: 'done' }>,
    kind: BulkInput['change']['kind'],
  ): void {
    const words = [
      ...(result.unchanged > 0 ? [t('bulk.unchanged', { count: result.unchanged })] : []),
      ...(result.refused > 0
        ? [t('bulk.refused', { count: result.refused, reason: result.first_refusal ?? '' })]
        : []),
    ];
    notifications.show({
      title: t(kind === 'delete' ? 'bulk.deleted' : 'bulk.changed', { count: result.changed }),
      message: words.join(' · '),
      ...(result.refused > 0 ? { color: 'red' } : {}),
    });
  }

  /** @returns whether it came to its end */
  async function run(input: BulkInput): Promise<boolean> {
    const own = new AbortController();
    aborter.current = own;
    setProgress({ done: 0, total: 0 });
    try {
      for await (const message of await api.bulk.run.call(input, { signal: own.signal })) {
        if (message.kind === 'progress') setProgress(message);
        else tell(message, input.change.kind);
      }
      return true;
    } catch (error) {
      if (own.signal.aborted) {
        notifications.show({ message: t('bulk.stopped') });
        return true;
      }
      notifications.show({ title: t('bulk.failed'), message: failureText(error), color: 'red' });
      return false;
    } finally {
      setProgress(null);
      void queries.invalidateQueries();
    }
  }

  return { progress, run, stop: () => aborter.current?.abort() };
}
