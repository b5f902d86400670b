import { backups } from './backups.ts';
import { commands } from './commands.ts';
import { common } from './common.ts';
import { deals } from './deals.ts';
import { fields } from './fields.ts';
import { firstStart } from './first-start.ts';
import { history } from './history.ts';
import { home } from './home.ts';
import { inbox } from './inbox.ts';
import { recovery } from './recovery.ts';
import { quickAdd } from './quick-add.ts';
import { records } from './records.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { tasks } from './tasks.ts';
import { timeline } from './timeline.ts';
import { workflows } from './workflows.ts';

/** English, one file a feature; the shape every other language must have. */
export const en = {
  backups,
  commands,
  common,
  deals,
  fields,
  firstStart,
  history,
  home,
  inbox,
  quickAdd,
  records,
  recovery,
  settings,
  shell,
  tasks,
  timeline,
  workflows,
} as const;

export const namespaces = [
  'backups',
  'commands',
  'common',
  'deals',
  'fields',
  'firstStart',
  'history',
  'home',
  'inbox',
  'quickAdd',
  'records',
  'recovery',
  'settings',
  'shell',
  'tasks',
  'timeline',
  'workflows',
] as const satisfies readonly (keyof typeof en)[];
