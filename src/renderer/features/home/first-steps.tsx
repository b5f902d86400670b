import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Circle, CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/query.ts';
import classes from './first-steps.module.css';

/** The way to the first workflow, until it has run. Nothing to dismiss: it goes when it was gone. */
export function FirstSteps() {
  const { t } = useTranslation('home');
  const { data: counts } = useQuery(api.home.counts.queryOptions());
  const workflows = useQuery(api.workflows.list.queryOptions({ input: { limit: 1 } }));
  const runs = useQuery(api.executions.list.queryOptions({ input: { limit: 1 } }));
  if (!counts || !workflows.data || !runs.data || runs.data.items.length > 0) return null;

  const steps = [
    { name: 'contact', to: '/contacts/{-$recordId}', isDone: counts.contacts > 0 },
    { name: 'deal', to: '/deals/{-$recordId}', isDone: counts.deals_open > 0 },
    { name: 'workflow', to: '/workflows', isDone: workflows.data.items.length > 0 },
    { name: 'active', to: '/workflows', isDone: counts.workflows_active > 0 },
    { name: 'run', to: '/runs/{-$executionId}', isDone: false },
  ] as const;

  return (
    <section className={classes.steps} aria-labelledby="first-steps" data-testid="first-steps">
      <h2 id="first-steps" className={classes.title}>
        {t('first_steps.title')}
      </h2>
      <ol className={classes.list}>
        {steps.map(({ name, to, isDone }) => (
          <li key={name} className={classes.step} data-done={isDone || undefined}>
            {isDone ? (
              <CircleCheck size={16} strokeWidth={1.75} aria-label={t('first_steps.done')} />
            ) : (
              <Circle size={16} strokeWidth={1.75} aria-hidden />
            )}
            <Link to={to} params={{ recordId: undefined, executionId: undefined }}>
              {t(`first_steps.${name}`)}
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}
