import type { ContractRouterClient } from '@orpc/contract';
import { access } from './access.ts';
import { live, settings, system } from './app.ts';
import { backups } from './backups.ts';
import { away } from './away.ts';
import { bin } from './bin.ts';
import { bulk } from './bulk.ts';
import { enrolment } from './enrolment.ts';
import { customFields } from './custom-fields.ts';
import { history } from './history.ts';
import { insight } from './insight.ts';
import { stepTemplates, workflowFiles, workflowTemplates } from './library.ts';
import { home } from './home.ts';
import { hooks } from './hooks.ts';
import { attachments, email_templates, mail_accounts, secrets } from './mail.ts';
import { duplicates } from './duplicates.ts';
import { exports } from './exports.ts';
import { imports } from './imports.ts';
import { notes } from './notes.ts';
import { notifications } from './notifications.ts';
import { pipeline, pipelines, stages } from './pipelines.ts';
import { desktop } from './desktop.ts';
import { diagnostics } from './diagnostics.ts';
import { recovery } from './recovery.ts';
import { activities, companies, contacts, deals } from './records.ts';
import { connections, outbox } from './deliveries.ts';
import { search } from './search.ts';
import { tags } from './tags.ts';
import { timeline } from './timeline.ts';
import { views } from './views.ts';
import { executions, workflows } from './workflows.ts';

/** The whole API. A procedure with a `path` is REST too; the others are for the screens. */
export const contract = {
  contacts,
  companies,
  deals,
  activities,
  views,
  search,
  bulk,
  imports,
  exports,
  duplicates,
  pipeline,
  pipelines,
  stages,
  workflows,
  executions,
  workflow_files: workflowFiles,
  workflow_templates: workflowTemplates,
  step_templates: stepTemplates,
  insight,
  notifications,
  history,
  bin,
  custom_fields: customFields,
  outbox,
  connections,
  mail_accounts,
  email_templates,
  attachments,
  secrets,
  notes,
  timeline,
  tags,
  settings,
  system,
  home,
  away,
  enrolment,
  live,
  backups,
  recovery,
  desktop,
  diagnostics,
  hooks,
  access,
};

export type ApiClient = ContractRouterClient<typeof contract>;
