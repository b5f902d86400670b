import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { AwaySummary } from '../../../shared/contract/away.ts';
import { formatDayTime } from '../../ui/format.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import classes from './away.module.css';
import { useDecide } from './use-decide.ts';

interface MissedDecisionsProps {
  readonly items: AwaySummary['to_decide'];
}

/** What was missed and waits for the user, a line for each workflow with its two choices. */
export function MissedDecisions({ items }: MissedDecisionsProps) {
  const { t } = useTranslation('home');
  const decide = useDecide();
  return (
    <ul className={classes.list} aria-label={t('away.to_decide')}>
      {items.map(({ workflow_id: id, workflow_name: name, count, first_due_at: first }) => (
        <li key={id} className={classes.line}>
          <StatusDot tone="amber" />
          <span className={classes.words}>
            <Link to="/workflows/$workflowId" params={{ workflowId: id }}>
              {name}
            </Link>{' '}
            <span className={classes.dim}>
              {t('away.missed', { count, when: formatDayTime(first) })}
            </span>
          </span>
          <Button
            size="compact-xs"
            variant="default"
            loading={decide.isPending && decide.variables.id === id}
            aria-label={t('away.run_of', { name })}
            onClick={() => decide.mutate({ id, decision: 'run' })}
          >
            {t('away.run')}
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            disabled={decide.isPending}
            aria-label={t('away.skip_of', { name })}
            onClick={() => decide.mutate({ id, decision: 'skip' })}
          >
            {t('away.skip')}
          </Button>
        </li>
      ))}
    </ul>
  );
}
