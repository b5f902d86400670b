import { ActionIcon, Tooltip } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AwaySummary } from '../../../shared/contract/away.ts';
import { api, queryClient } from '../../api/query.ts';
import { formatDayTime } from '../../ui/format.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import classes from './away.module.css';
import { MissedDecisions } from './missed-decisions.tsx';

interface WorkflowOutcomes {
  readonly id: string;
  readonly name: string;
  readonly outcomes: AwaySummary['outcomes'];
}

function byWorkflow(outcomes: AwaySummary['outcomes']): WorkflowOutcomes[] {
  const ids = [...new Set(outcomes.map((one) => one.workflow_id))];
  return ids.map((id) => {
    const own = outcomes.filter((one) => one.workflow_id === id);
    return { id, name: own[0]?.workflow_name ?? '', outcomes: own };
  });
}

/** "While you were away": what went on late, what was left out, and what is to be decided. Nothing when all is quiet. */
export function AwayBlock() {
  const { t } = useTranslation('home');
  const away = useQuery(api.away.summary.queryOptions());
  const dismiss = useMutation(
    api.away.dismiss.mutationOptions({
      onSettled: () => void queryClient.invalidateQueries({ queryKey: api.away.key() }),
    }),
  );
  // Not worth an error or a skeleton of its own: Home has its say about a lost connection.
  if (!away.data) return null;
  const { since, until, outcomes, to_decide: toDecide } = away.data;
  if (outcomes.length === 0 && toDecide.length === 0) return null;

  return (
    <section className={classes.block} aria-label={t('away.title')}>
      <div className={classes.head}>
        <h2 className={classes.title}>{t('away.title')}</h2>
        {since !== null && until !== null && (
          <span className={classes.dim}>
            {t('away.from_to', { since: formatDayTime(since), until: formatDayTime(until) })}
          </span>
        )}
        {outcomes.length > 0 && (
          <Tooltip label={t('away.dismiss')}>
            <ActionIcon
              className={classes.dismiss ?? ''}
              size="sm"
              aria-label={t('away.dismiss')}
              loading={dismiss.isPending}
              onClick={() => dismiss.mutate(undefined)}
            >
              <X size={14} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      {toDecide.length > 0 && <MissedDecisions items={toDecide} />}
      {outcomes.length > 0 && (
        <ul className={classes.list}>
          {byWorkflow(outcomes).map(({ id, name, outcomes: own }) => (
            <li key={id} className={classes.line}>
              <StatusDot
                tone={own.some(({ outcome }) => outcome !== 'skipped') ? 'green' : 'grey'}
              />
              <span className={classes.words}>
                <Link
                  to="/workflows/$workflowId"
                  params={{ workflowId: id }}
                  search={{ tab: 'runs' }}
                >
                  {name}
                </Link>{' '}
                <span className={classes.dim}>
                  {own.map(({ outcome, count }) => t(`away.${outcome}`, { count })).join(', ')}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
