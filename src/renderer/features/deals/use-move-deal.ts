import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { BoardStage } from '../../../shared/contract/pipelines.ts';
import { api } from '../../api/query.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import type { AnyRecord } from '../records/record-api.ts';
import { findRecord } from '../records/record-cache.ts';
import { useUpdateRecord } from '../records/use-record-writes.ts';

function withDeal(stage: BoardStage, deal: AnyRecord, sign: 1 | -1): BoardStage {
  const totals = stage.totals.map((total) =>
    total.currency === deal.currency
      ? { ...total, value: total.value + sign * Number(deal.value ?? 0) }
      : total,
  );
  const isNew = sign === 1 && !stage.totals.some(({ currency }) => currency === deal.currency);
  return {
    ...stage,
    deal_count: stage.deal_count + sign,
    totals: isNew
      ? [...totals, { currency: String(deal.currency), value: Number(deal.value ?? 0) }]
      : totals,
  };
}

/**
 * Moves a deal to a stage; card, count and sum move at once and go back when it fails.
 *
 * @param pipeline slug of the one the board shows; undefined: the first
 */
export function useMoveDeal(
  pipeline: string | undefined,
): (id: string, stage: string) => Promise<void> {
  const { t } = useTranslation('deals');
  const failureText = useFailureText();
  const queries = useQueryClient();
  const update = useUpdateRecord('deal');
  const boardKey = api.pipeline.board.queryKey({ input: { pipeline } });

  return async (id, slug) => {
    const deal = findRecord(queries, 'deal', id);
    if (!deal || deal.stage === slug) return;
    const before = queries.getQueryData(boardKey);
    queries.setQueryData(boardKey, (stages) =>
      stages?.map((stage) => {
        if (stage.slug === slug) return withDeal(stage, deal, 1);
        return stage.slug === deal.stage ? withDeal(stage, deal, -1) : stage;
      }),
    );
    try {
      await update.mutateAsync({ id, patch: { stage: slug } });
    } catch (error) {
      queries.setQueryData(boardKey, before);
      notifications.show({ title: t('move_failed'), message: failureText(error), color: 'red' });
    }
  };
}
