import type { ContractRouterClient } from '@orpc/contract';
import { home, live, settings, system } from './app.ts';
import { bin } from './bin.ts';
import { customFields } from './custom-fields.ts';
import { history } from './history.ts';
import { notes } from './notes.ts';
import { notifications } from './notifications.ts';
import { pipeline } from './pipelines.ts';
import { activities, companies, contacts, deals } from './records.ts';
import { tags } from './tags.ts';
import { timeline } from './timeline.ts';
import { executions, workflows } from './workflows.ts';

/** The whole API. A procedure with a `path` is REST too; the others are for the screens. */
export const contract = {
  contacts,
  companies,
  deals,
  activities,
  pipeline,
  workflows,
  executions,
  notifications,
  history,
  bin,
  custom_fields: customFields,
  notes,
  timeline,
  tags,
  settings,
  system,
  home,
  live,
};

export type ApiClient = ContractRouterClient<typeof contract>;
