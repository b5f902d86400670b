import { ActionIcon, Kbd, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  Building2,
  CircleQuestionMark,
  CircleCheck,
  Home,
  Inbox,
  type LucideIcon,
  Moon,
  PanelLeft,
  Search,
  Send,
  Settings,
  Sprout,
  Sun,
  Target,
  Users,
  Workflow,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/query.ts';
import { formatShortcut } from '../../commands/format-shortcut.ts';
import { useThemeToggle } from '../use-theme.ts';
import { useWindowStore } from '../window-store.ts';
import { PinnedViews } from './pinned-views.tsx';
import classes from './shell.module.css';

interface Entry {
  readonly to:
    | '/'
    | '/contacts/{-$recordId}'
    | '/companies/{-$recordId}'
    | '/deals/{-$recordId}'
    | '/tasks/{-$recordId}'
    | '/workflows'
    | '/runs/{-$executionId}'
    | '/attention'
    | '/analytics'
    | '/outbox'
    | '/inbox'
    | '/settings';
  readonly label:
    | 'home'
    | 'contacts'
    | 'companies'
    | 'deals'
    | 'tasks'
    | 'workflows'
    | 'runs'
    | 'attention'
    | 'analytics'
    | 'outbox'
    | 'inbox'
    | 'settings';
  readonly icon: LucideIcon | null;
  readonly count?: number | undefined;
  readonly dot?: 'overdue' | 'unread' | null;
}

function SidebarItem({ entry }: { entry: Entry }) {
  const { t } = useTranslation('shell');
  const collapsed = useWindowStore((state) => state.sidebarCollapsed);
  const Icon = entry.icon;
  const link = (
    <Link
      to={entry.to}
      // Left out, the id of the record that is open now would be taken over.
      params={{ recordId: undefined, executionId: undefined }}
      activeOptions={{ exact: entry.to === '/' }}
      activeProps={{ 'data-active': true, 'aria-current': 'page' }}
      className={Icon ? classes.item : `${classes.item} ${classes.nested}`}
      aria-label={collapsed ? t(entry.label) : undefined}
    >
      {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden />}
      {!collapsed && <span className={classes.label}>{t(entry.label)}</span>}
      {entry.dot && <span className={classes.dot} data-kind={entry.dot} />}
      {!collapsed && entry.count !== undefined && entry.count > 0 && (
        <span className={classes.count}>{entry.count.toLocaleString()}</span>
      )}
    </Link>
  );
  return collapsed ? (
    <Tooltip label={t(entry.label)} position="right">
      {link}
    </Tooltip>
  ) : (
    link
  );
}

export function Sidebar() {
  const { t } = useTranslation('shell');
  const { sidebarCollapsed, toggleSidebar, openPalette } = useWindowStore();
  const { scheme, toggle } = useThemeToggle();
  const { data: counts } = useQuery(api.home.counts.queryOptions());
  const { data: attention } = useQuery(api.insight.attention_count.queryOptions());
  const ThemeIcon = scheme === 'dark' ? Sun : Moon;

  const records: Entry[] = [
    { to: '/contacts/{-$recordId}', label: 'contacts', icon: Users, count: counts?.contacts },
    {
      to: '/companies/{-$recordId}',
      label: 'companies',
      icon: Building2,
      count: counts?.companies,
    },
    { to: '/deals/{-$recordId}', label: 'deals', icon: Target, count: counts?.deals_open },
    {
      to: '/tasks/{-$recordId}',
      label: 'tasks',
      icon: CircleCheck,
      count: counts?.tasks_due,
      dot: counts && counts.tasks_overdue > 0 ? 'overdue' : null,
    },
  ];
  const automation: Entry[] = [
    { to: '/workflows', label: 'workflows', icon: Workflow, count: counts?.workflows_active },
    ...(sidebarCollapsed
      ? []
      : ([
          { to: '/runs/{-$executionId}', label: 'runs', icon: null },
          { to: '/attention', label: 'attention', icon: null, count: attention?.total },
          { to: '/analytics', label: 'analytics', icon: null },
        ] as const)),
    { to: '/outbox', label: 'outbox', icon: Send },
    {
      to: '/inbox',
      label: 'inbox',
      icon: Inbox,
      count: counts?.notifications_unread,
      dot: counts && counts.notifications_unread > 0 ? 'unread' : null,
    },
  ];

  return (
    <nav
      className={classes.sidebar}
      data-collapsed={sidebarCollapsed || undefined}
      aria-label={t('navigation')}
    >
      <div className={classes.brand}>
        <Sprout size={18} color="var(--mantine-primary-color-filled)" aria-hidden />
        {!sidebarCollapsed && t('app_name')}
      </div>
      <div className={classes.items}>
        <button
          type="button"
          className={classes.item}
          onClick={openPalette}
          aria-label={sidebarCollapsed ? t('search') : undefined}
        >
          <Search size={16} strokeWidth={1.75} aria-hidden />
          {!sidebarCollapsed && (
            <>
              <span className={classes.label}>{t('search')}</span>
              <Kbd>{formatShortcut('mod+k')}</Kbd>
            </>
          )}
        </button>
        <SidebarItem entry={{ to: '/', label: 'home', icon: Home }} />
        <div className={classes.gap} />
        {records.map((entry) => (
          <SidebarItem key={entry.to} entry={entry} />
        ))}
        <div className={classes.gap} />
        {automation.map((entry) => (
          <SidebarItem key={entry.to} entry={entry} />
        ))}
      </div>
      {!sidebarCollapsed && <PinnedViews />}
      <div className={classes.spacer} />
      <div className={classes.footer}>
        <SidebarItem entry={{ to: '/settings', label: 'settings', icon: Settings }} />
        <Tooltip label={t('help')}>
          <ActionIcon
            renderRoot={(props) => (
              <Link {...props} to="/help/{-$page}" params={{ page: undefined }} />
            )}
            aria-label={t('help')}
          >
            <CircleQuestionMark size={16} strokeWidth={1.75} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t(scheme === 'dark' ? 'to_light' : 'to_dark')}>
          <ActionIcon
            onClick={toggle}
            aria-label={t(scheme === 'dark' ? 'to_light' : 'to_dark')}
            data-testid="theme-toggle"
          >
            <ThemeIcon size={16} strokeWidth={1.75} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t(sidebarCollapsed ? 'expand' : 'collapse')}>
          <ActionIcon
            onClick={toggleSidebar}
            aria-label={t(sidebarCollapsed ? 'expand' : 'collapse')}
          >
            <PanelLeft size={16} strokeWidth={1.75} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
    </nav>
  );
}
