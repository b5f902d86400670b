import { access } from './access.ts';
import { backups } from './backups.ts';
import { commands } from './commands.ts';
import { common } from './common.ts';
import { deals } from './deals.ts';
import { delivery } from './delivery.ts';
import { duplicates } from './duplicates.ts';
import { exports } from './exports.ts';
import { fields } from './fields.ts';
import { firstStart } from './first-start.ts';
import { help } from './help.ts';
import { history } from './history.ts';
import { home } from './home.ts';
import { hooks } from './hooks.ts';
import { imports } from './imports.ts';
import { inbox } from './inbox.ts';
import { insight } from './insight.ts';
import { library } from './library.ts';
import { recovery } from './recovery.ts';
import { quickAdd } from './quick-add.ts';
import { records } from './records.ts';
import { search } from './search.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { tasks } from './tasks.ts';
import { timeline } from './timeline.ts';
import { views } from './views.ts';
import { workflows } from './workflows.ts';

/** English, one file a feature; the shape every other language must have. */
export const en = {
  access,
  backups,
  commands,
  common,
  deals,
  delivery,
  duplicates,
  exports,
  fields,
  firstStart,
  help,
  history,
  home,
  hooks,
  imports,
  inbox,
  insight,
  library,
  quickAdd,
  records,
  search,
  recovery,
  settings,
  shell,
  tasks,
  timeline,
  views,
  workflows,
} as const;

export const namespaces = [
  'access',
  'backups',
  'commands',
  'common',
  'deals',
  'delivery',
  'duplicates',
  'exports',
  'fields',
  'firstStart',
  'help',
  'history',
  'home',
  'hooks',
  'imports',
  'inbox',
  'insight',
  'library',
  'quickAdd',
  'records',
  'search',
  'recovery',
  'settings',
  'shell',
  'tasks',
  'timeline',
  'views',
  'workflows',
] as const satisfies readonly (keyof typeof en)[];
