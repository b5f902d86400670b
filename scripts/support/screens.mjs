/** @import { Page } from '@playwright/test' */

/**
 * @typedef {object} Screen
 * @property {string} name of the picture
 * @property {(ids: Ids) => string} path
 * @property {string} ready a text that shows once the screen is complete
 * @property {(page: Page) => Promise<void>} [prepare] what is done before the picture is taken
 */

/** @typedef {{ contact: string, company: string, deal: string, workflow: string, run: string, failedRun: string, branches: string, waitingRun: string }} Ids */

/** @param {Page} page */
const palette = (page) => page.keyboard.press('ControlOrMeta+k');

/**
 * The canvas comes in its own chunk.
 *
 * @param {Page} page
 */
const canvas = (page) => page.getByRole('application').waitFor();

/** @type {readonly Screen[]} */
export const screens = [
  { name: 'home', path: () => '/', ready: 'Pipeline' },
  { name: 'contacts', path: () => '/contacts', ready: 'Email' },
  { name: 'contact', path: ({ contact }) => `/contacts/${contact}`, ready: 'Properties' },
  { name: 'companies', path: () => '/companies', ready: 'Domain' },
  { name: 'deals-board', path: () => '/deals', ready: 'Negotiation' },
  { name: 'deal', path: ({ deal }) => `/deals/${deal}`, ready: 'Properties' },
  { name: 'tasks', path: () => '/tasks', ready: 'Upcoming' },
  { name: 'workflows', path: () => '/workflows', ready: 'Last 30 runs' },
  { name: 'workflow', path: ({ workflow }) => `/workflows/${workflow}`, ready: 'In words' },
  {
    name: 'workflow-trigger',
    path: ({ workflow }) => `/workflows/${workflow}`,
    ready: 'In words',
    prepare: (page) => page.getByRole('button', { name: /^Trigger/ }).click(),
  },
  {
    name: 'workflow-variables',
    path: ({ workflow }) => `/workflows/${workflow}`,
    ready: 'In words',
    prepare: (page) => page.getByRole('button', { name: 'Insert a variable' }).first().click(),
  },
  {
    name: 'workflow-steps',
    path: ({ workflow }) => `/workflows/${workflow}`,
    ready: 'In words',
    prepare: (page) => page.getByRole('button', { name: 'Add step', exact: true }).click(),
  },
  {
    name: 'workflow-refused',
    path: () => '/workflows/new',
    ready: 'In words',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Add step', exact: true }).click();
      await page.getByRole('menuitem', { name: /Create task/ }).click();
      await page.getByRole('button', { name: 'Turn on' }).click();
    },
  },
  {
    name: 'workflow-branches',
    path: ({ branches }) => `/workflows/${branches}`,
    ready: 'In words',
  },
  {
    name: 'workflow-conditions',
    path: ({ branches }) => `/workflows/${branches}`,
    ready: 'In words',
    prepare: (page) => page.getByRole('button', { name: /^Trigger/ }).click(),
  },
  {
    name: 'workflow-runs',
    path: ({ workflow }) => `/workflows/${workflow}?tab=runs`,
    ready: 'Took',
  },
  {
    name: 'workflow-rehearse',
    path: ({ workflow }) => `/workflows/${workflow}?tab=rehearse`,
    ready: 'Rehearse',
  },
  {
    name: 'workflow-versions',
    path: ({ workflow }) => `/workflows/${workflow}?tab=versions`,
    ready: 'Version 1',
  },
  { name: 'workflow-templates', path: () => '/workflow-templates', ready: 'Use this template' },
  { name: 'attention', path: () => '/attention', ready: 'Greet the contact by hand' },
  { name: 'analytics', path: () => '/analytics', ready: 'Runs by day' },
  { name: 'import', path: () => '/import', ready: 'Drop a CSV or vCard file here' },
  { name: 'duplicates', path: () => '/duplicates', ready: 'No duplicates' },
  { name: 'runs', path: () => '/runs', ready: 'Took' },
  { name: 'run', path: ({ run }) => `/runs/${run}`, ready: 'Input', prepare: canvas },
  { name: 'run-failed', path: ({ failedRun }) => `/runs/${failedRun}`, ready: 'Input' },
  { name: 'run-waiting', path: ({ waitingRun }) => `/runs/${waitingRun}`, ready: 'Took: Then' },
  { name: 'inbox', path: () => '/inbox', ready: 'View run' },
  {
    name: 'workflow-hook',
    path: () => '/workflows/new',
    ready: 'In words',
    prepare: async (page) => {
      await page.getByRole('combobox', { name: 'Runs when' }).click();
      await page.getByRole('option', { name: 'Webhook received' }).click();
    },
  },
  {
    name: 'inbox-groups',
    path: () => '/inbox',
    ready: 'View run',
    prepare: (page) => page.getByRole('switch', { name: 'Group by workflow' }).check(),
  },
  {
    name: 'settings-api',
    path: () => '/settings',
    ready: 'Data folder',
    prepare: (page) => page.getByRole('button', { name: 'Create token' }).scrollIntoViewIfNeeded(),
  },
  { name: 'settings', path: () => '/settings', ready: 'Data folder' },
  { name: 'outbox', path: () => '/outbox', ready: 'Email' },
  { name: 'data-safety', path: () => '/settings/data-safety', ready: 'Made by you' },
  { name: 'help', path: () => '/help', ready: 'Make one' },
  { name: 'diagnostics', path: () => '/help/diagnostics', ready: 'Timings' },
  { name: 'palette', path: () => '/', ready: 'Pipeline', prepare: palette },
  {
    name: 'create-deal',
    path: () => '/deals',
    ready: 'Negotiation',
    prepare: (page) => page.keyboard.press('c'),
  },
  {
    name: 'run-now',
    path: ({ workflow }) => `/workflows/${workflow}`,
    ready: 'In words',
    prepare: (page) => page.getByRole('button', { name: 'Run now' }).click(),
  },
];

/** Screens that also have an empty, a loading and an error state, with what their empty state says. */
export const states = [
  { name: 'home', path: '/', empty: 'Nothing is due today.' },
  { name: 'contacts', path: '/contacts', empty: 'The people you do business with' },
  { name: 'companies', path: '/companies', empty: 'The organisations behind your contacts' },
  { name: 'deals', path: '/deals', empty: 'Everything you hope to win' },
  { name: 'tasks', path: '/tasks', empty: 'Nothing to do' },
  { name: 'workflows', path: '/workflows', empty: 'Let Trellis do the repeating work' },
  { name: 'runs', path: '/runs', empty: 'No runs yet' },
  { name: 'inbox', path: '/inbox', empty: 'Nothing to tell you' },
  { name: 'bin', path: '/bin', empty: 'The bin is empty' },
  { name: 'settings', path: '/settings', empty: null },
];

export const sizes = [
  { name: '1440x900', width: 1440, height: 900 },
  { name: '1024x700', width: 1024, height: 700 },
];

export const themes = /** @type {const} */ (['light', 'dark']);

/** The few that are committed, for the README and the guide. */
export const chosen = [
  'home-light-1440x900',
  'deals-board-light-1440x900',
  'deals-board-dark-1440x900',
  'contact-light-1440x900',
  'tasks-light-1440x900',
  'workflows-light-1440x900',
  'workflow-light-1440x900',
  'run-light-1440x900',
  'run-dark-1440x900',
  'workflow-branches-light-1440x900',
  'workflow-conditions-dark-1440x900',
];
