import { foundation } from './0001-foundation.ts';
import { waitingAndTags } from './0002-waiting-and-tags.ts';
import { timedTriggers } from './0003-timed-triggers.ts';
import { absenceAndEnrolment } from './0004-absence-and-enrolment.ts';
import { runsAgain } from './0005-runs-again.ts';
import { control } from './0006-control.ts';
import { deliveries } from './0009-deliveries.ts';
import { mail } from './0010-mail.ts';
import { hooksAndTokens } from './0011-hooks-and-tokens.ts';
import { notificationStates } from './0012-notification-states.ts';
import { undoAndBin } from './0013-undo-and-bin.ts';
import { notes } from './0014-notes.ts';
import { customFieldsAndReminders } from './0015-custom-fields-and-reminders.ts';
import { search } from './0016-search.ts';
import { views } from './0017-views.ts';
import { failedRuns } from './0018-failed-runs.ts';
import { workflowTests } from './0024-workflow-tests.ts';
import { savedTemplates } from './0029-saved-templates.ts';
import { insight } from './0030-insight.ts';
import { unconfirmedAddresses } from './0031-unconfirmed-addresses.ts';
import { imports } from './0032-imports.ts';
import { duplicateDismissals } from './0033-duplicate-dismissals.ts';
import { pipelines } from './0035-pipelines.ts';
import { contactLinks } from './0036-contact-links.ts';
import { closedDeals } from './0037-closed-deals.ts';
import { errorKinds } from './0041-error-kinds.ts';
import { timedEventsByTime } from './0042-timed-events-by-time.ts';

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** Append-only and strictly increasing; a released migration is never edited. */
export const migrations: readonly Migration[] = [
  foundation,
  waitingAndTags,
  timedTriggers,
  absenceAndEnrolment,
  runsAgain,
  control,
  deliveries,
  mail,
  hooksAndTokens,
  notificationStates,
  undoAndBin,
  notes,
  customFieldsAndReminders,
  search,
  views,
  failedRuns,
  workflowTests,
  savedTemplates,
  insight,
  unconfirmedAddresses,
  imports,
  duplicateDismissals,
  pipelines,
  contactLinks,
  closedDeals,
  errorKinds,
  timedEventsByTime,
];
