import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router';
import type { MergeableObject } from '../../shared/contract/duplicates.ts';
import { isObjectName, type ObjectName } from '../../shared/model/objects.ts';
import { NotFound } from '../ui/not-found.tsx';
import { RouteError } from '../ui/route-error.tsx';
import { Shell } from './shell/shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('../features/home/home-screen.tsx'), 'HomeScreen'),
});

/** A saved view of a list; without one the list shows what its kind begins with. */
function withView(search: Record<string, unknown>): { view?: string } {
  return typeof search['view'] === 'string' ? { view: search['view'] } : {};
}

/** A list and the panel of one of its records are one screen: the record is in the address. */
const contacts = createRoute({
  getParentRoute: () => root,
  path: '/contacts/{-$recordId}',
  validateSearch: withView,
  component: lazyRouteComponent(
    () => import('../features/contacts/contacts-screen.tsx'),
    'ContactsScreen',
  ),
});

const companies = createRoute({
  getParentRoute: () => root,
  path: '/companies/{-$recordId}',
  validateSearch: withView,
  component: lazyRouteComponent(
    () => import('../features/companies/companies-screen.tsx'),
    'CompaniesScreen',
  ),
});

const deals = createRoute({
  getParentRoute: () => root,
  path: '/deals/{-$recordId}',
  validateSearch: withView,
  component: lazyRouteComponent(() => import('../features/deals/deals-screen.tsx'), 'DealsScreen'),
});

const tasks = createRoute({
  getParentRoute: () => root,
  path: '/tasks/{-$recordId}',
  validateSearch: withView,
  component: lazyRouteComponent(() => import('../features/tasks/tasks-screen.tsx'), 'TasksScreen'),
});

const searchPage = createRoute({
  getParentRoute: () => root,
  path: '/search',
  validateSearch: (asked): { q?: string } =>
    typeof asked['q'] === 'string' && asked['q'] !== '' ? { q: asked['q'] } : {},
  component: lazyRouteComponent(
    () => import('../features/search/search-screen.tsx'),
    'SearchScreen',
  ),
});

const workflows = createRoute({
  getParentRoute: () => root,
  path: '/workflows',
  component: lazyRouteComponent(
    () => import('../features/workflows/workflows-screen.tsx'),
    'WorkflowsScreen',
  ),
});

const workflowTemplates = createRoute({
  getParentRoute: () => root,
  path: '/workflow-templates',
  /** The template that is shown; the first without one. */
  validateSearch: (search): { template?: string } =>
    typeof search['template'] === 'string' ? { template: search['template'] } : {},
  component: lazyRouteComponent(
    () => import('../features/workflows/templates/templates-screen.tsx'),
    'TemplatesScreen',
  ),
});

/** `new` in place of an id is the editor of a workflow that is not saved yet. */
const workflow = createRoute({
  getParentRoute: () => root,
  path: '/workflows/$workflowId',
  /** `fix`: opened to be mended, so its problems show at once. */
  validateSearch: (search): { tab?: 'runs'; fix?: true } => ({
    ...(search['tab'] === 'runs' ? { tab: 'runs' } : {}),
    ...(search['fix'] === true ? { fix: true } : {}),
  }),
  component: lazyRouteComponent(
    () => import('../features/workflows/workflow-screen.tsx'),
    'WorkflowScreen',
  ),
});

/** Which runs are listed: what the figures and the list of what needs the user lead to. */
export interface RunsSearch {
  readonly workflow?: string;
  readonly status?: string;
  readonly from?: string;
  readonly to?: string;
  readonly step?: string;
}

const runs = createRoute({
  getParentRoute: () => root,
  path: '/runs/{-$executionId}',
  validateSearch: (search): RunsSearch => {
    const text = (name: string) => {
      const value = search[name];
      return typeof value === 'string' && value !== '' ? { [name]: value } : {};
    };
    return {
      ...text('workflow'),
      ...text('from'),
      ...text('to'),
      ...text('step'),
      ...text('status'),
    };
  },
  component: lazyRouteComponent(
    () => import('../features/workflows/runs-screen.tsx'),
    'RunsScreen',
  ),
});

const attention = createRoute({
  getParentRoute: () => root,
  path: '/attention',
  component: lazyRouteComponent(
    () => import('../features/workflows/attention/attention-screen.tsx'),
    'AttentionScreen',
  ),
});

const analytics = createRoute({
  getParentRoute: () => root,
  path: '/analytics',
  /** Of one workflow, or of all; over the last so many days. */
  validateSearch: (search): { workflow?: string; days?: number } => ({
    ...(typeof search['workflow'] === 'string' ? { workflow: search['workflow'] } : {}),
    ...(search['days'] === 7 || search['days'] === 90 || search['days'] === 365
      ? { days: search['days'] }
      : {}),
  }),
  component: lazyRouteComponent(
    () => import('../features/workflows/analytics/analytics-screen.tsx'),
    'AnalyticsScreen',
  ),
});

const inbox = createRoute({
  getParentRoute: () => root,
  path: '/inbox',
  component: lazyRouteComponent(() => import('../features/inbox/inbox-screen.tsx'), 'InboxScreen'),
});

const outbox = createRoute({
  getParentRoute: () => root,
  path: '/outbox',
  component: lazyRouteComponent(
    () => import('../features/outbox/outbox-screen.tsx'),
    'OutboxScreen',
  ),
});

const connections = createRoute({
  getParentRoute: () => root,
  path: '/connections',
  component: lazyRouteComponent(
    () => import('../features/outbox/connections-screen.tsx'),
    'ConnectionsScreen',
  ),
});

const bin = createRoute({
  getParentRoute: () => root,
  path: '/bin',
  component: lazyRouteComponent(() => import('../features/history/bin-screen.tsx'), 'BinScreen'),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(
    () => import('../features/settings/settings-screen.tsx'),
    'SettingsScreen',
  ),
});

/** A page of the guide, or one of those that Trellis itself writes. */
const help = createRoute({
  getParentRoute: () => root,
  path: '/help/{-$page}',
  component: lazyRouteComponent(() => import('../features/help/help-screen.tsx'), 'HelpScreen'),
});

const importRecords = createRoute({
  getParentRoute: () => root,
  path: '/import',
  /** The kind of record of the list one comes from. */
  validateSearch: (asked): { object?: ObjectName } =>
    typeof asked['object'] === 'string' && isObjectName(asked['object'])
      ? { object: asked['object'] }
      : {},
  component: lazyRouteComponent(
    () => import('../features/import/import-screen.tsx'),
    'ImportScreen',
  ),
});

const duplicates = createRoute({
  getParentRoute: () => root,
  path: '/duplicates',
  validateSearch: (asked): { object?: MergeableObject } =>
    asked['object'] === 'company' ? { object: 'company' } : {},
  component: lazyRouteComponent(
    () => import('../features/duplicates/duplicates-screen.tsx'),
    'DuplicatesScreen',
  ),
});

const dataSafety = createRoute({
  getParentRoute: () => root,
  path: '/settings/data-safety',
  component: lazyRouteComponent(
    () => import('../features/backups/backups-screen.tsx'),
    'BackupsScreen',
  ),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    contacts,
    companies,
    deals,
    tasks,
    searchPage,
    workflows,
    workflow,
    workflowTemplates,
    runs,
    attention,
    analytics,
    outbox,
    inbox,
    connections,
    bin,
    settings,
    help,
    importRecords,
    duplicates,
    dataSafety,
  ]),
  // The same addresses under app://, http:// and a file.
  history: createHashHistory(),
  defaultPreload: 'intent',
  defaultErrorComponent: RouteError,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
