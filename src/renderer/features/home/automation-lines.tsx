import { skipToken, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { HomeSummary } from '../../../shared/contract/home.ts';
import { api } from '../../api/query.ts';
import { formatDayTime } from '../../ui/format.ts';
import { RunLine } from '../records/run-line.tsx';
import classes from './home-screen.module.css';

interface AutomationLinesProps {
  readonly runs: HomeSummary['recent_runs'];
  /** When the user last looked, ISO text. */
  readonly since: string | null;
}

/** What automation did since one last looked, and what it did before; each line opens its run. */
export function AutomationLines({ runs, since }: AutomationLinesProps) {
  const { t } = useTranslation('home');
  const counted = useQuery(
    api.home.runs_since.queryOptions({ input: since === null ? skipToken : { since } }),
  ).data;
  if (runs.length === 0) {
    return (
      <p className={classes.none}>
        {t('no_runs')} <Link to="/workflows">{t('make_workflow')}</Link>
      </p>
    );
  }
  const isNew = (run: HomeSummary['recent_runs'][number]) =>
    since === null || run.created_at > since;
  const fresh = runs.filter(isNew);
  const earlier = runs.filter((run) => !isNew(run));
  return (
    <>
      {since !== null && counted && (
        <p className={classes.lead}>
          {t(counted.count === 0 ? 'nothing_new' : 'new_runs', {
            count: counted.count,
            when: formatDayTime(since),
          })}
          {counted.failed > 0 && (
            <span className={classes.failed}>{t('new_failed', { count: counted.failed })}</span>
          )}
        </p>
      )}
      {fresh.map((run) => (
        <RunLine key={run.id} run={run} withRecord />
      ))}
      {earlier.length > 0 && fresh.length > 0 && <p className={classes.divider}>{t('earlier')}</p>}
      {earlier.map((run) => (
        <RunLine key={run.id} run={run} withRecord />
      ))}
    </>
  );
}
