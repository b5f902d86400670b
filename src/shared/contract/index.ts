import type { ContractRouterClient } from '@orpc/contract';
import { access } from './access.ts';
import { home, live, settings, system } from './app.ts';
import { away } from './away.ts';
import { bin } from './bin.ts';
import { history } from './history.ts';
import { hooks } from './hooks.ts';
import { attachments, email_templates, mail_accounts, secrets } from './mail.ts';
import { notifications } from './notifications.ts';
import { pipeline } from './pipelines.ts';
import { activities, companies, contacts, deals } from './records.ts';
import { connections, outbox } from './deliveries.ts';
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
  outbox,
  connections,
  mail_accounts,
  email_templates,
  attachments,
  secrets,
  settings,
  system,
  home,
  away,
  live,
  hooks,
  access,
};

export type ApiClient = ContractRouterClient<typeof contract>;
