import { commands } from './commands.ts';
import { common } from './common.ts';
import { deals } from './deals.ts';
import { delivery } from './delivery.ts';
import { fields } from './fields.ts';
import { firstStart } from './first-start.ts';
import { history } from './history.ts';
import { home } from './home.ts';
import { inbox } from './inbox.ts';
import { records } from './records.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { tasks } from './tasks.ts';
import { workflows } from './workflows.ts';

/** English, one file a feature; the shape every other language must have. */
export const en = {
  commands,
  common,
  deals,
  delivery,
  fields,
  firstStart,
  history,
  home,
  inbox,
  records,
  settings,
  shell,
  tasks,
  workflows,
} as const;

export const namespaces = [
  'commands',
  'common',
  'deals',
  'delivery',
  'fields',
  'firstStart',
  'history',
  'home',
  'inbox',
  'records',
  'settings',
  'shell',
  'tasks',
  'workflows',
] as const satisfies readonly (keyof typeof en)[];
