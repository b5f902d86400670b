import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/query.ts';
import { objectIcons } from '../../features/records/object-icons.ts';
import { recordRoutes } from '../../features/records/record-api.ts';
import classes from './shell.module.css';

/** The views one keeps at hand, under the screens. */
export function PinnedViews() {
  const { t } = useTranslation('views');
  const views = useQuery(api.views.list.queryOptions({ input: {} })).data?.items ?? [];
  const pinned = views.filter((view) => view.is_pinned);
  if (pinned.length === 0) return null;
  return (
    <section className={classes.pinned} aria-label={t('pinned')}>
      <h2 className={classes.pinnedTitle}>{t('pinned')}</h2>
      {pinned.map((view) => {
        const Icon = objectIcons[view.object];
        return (
          <Link
            key={view.id}
            to={recordRoutes[view.object]}
            params={{ recordId: undefined }}
            search={{ view: view.id }}
            activeProps={{ 'data-active': true, 'aria-current': 'page' }}
            className={classes.item}
          >
            <Icon size={16} strokeWidth={1.75} aria-hidden />
            <span className={`${classes.label} truncate`}>{view.name}</span>
          </Link>
        );
      })}
    </section>
  );
}
