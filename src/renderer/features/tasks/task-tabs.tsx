import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/query.ts';
import { recordRoutes } from '../records/record-api.ts';
import { allView } from '../views/use-view.ts';
import classes from '../views/views.module.css';

/** From what is to do to the other views of activities. */
export function TaskTabs() {
  const { t } = useTranslation('views');
  const views = useQuery(api.views.list.queryOptions({ input: {} })).data?.items ?? [];
  const own = views.filter((view) => view.object === 'task');
  const tabs = [{ id: allView, name: t('all') }, ...own];
  return (
    <div className={classes.toolbar}>
      <nav className={classes.tabs} aria-label={t('tabs')}>
        <span className={classes.tab} data-active aria-current="page">
          {t('to_do')}
        </span>
        {tabs.map(({ id, name }) => (
          <Link
            key={id}
            to={recordRoutes.task}
            params={{ recordId: undefined }}
            search={{ view: id }}
            className={classes.tab}
          >
            {name}
          </Link>
        ))}
      </nav>
    </div>
  );
}
