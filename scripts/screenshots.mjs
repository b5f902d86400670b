// `npm run screenshots [name …]`: every screen and its empty, loading and error state, light and dark, at two
// sizes, into out/screenshots; the few that the README shows go to docs/screenshots.
// `npm run screenshots -- guide`: the pictures of docs/guide, and nothing else.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { create } from '../tests/e2e/support/seed.ts';
import { TestServer } from '../tests/e2e/support/start-server.ts';
import { findBrowser } from './support/browser.mjs';
import { buildIsStale } from './support/build-state.mjs';
import { fixedNow } from './support/fixed-clock.mjs';
import { needRunnableNode } from './support/node-version.mjs';
import { runTool } from './support/processes.mjs';
import { inProject, toolFile } from './support/project.mjs';
import { branching } from './support/branching-workflow.mjs';
import { guidePictures, writeWebp } from './support/guide-pictures.mjs';
import { chosen, screens, sizes, states, themes } from './support/screens.mjs';

/** @import { Browser, Page } from '@playwright/test' */
/** @import { Ids } from './support/screens.mjs' */

await needRunnableNode(import.meta.url);

const wanted = process.argv.slice(2);
const forGuide = wanted[0] === 'guide';
const folder = inProject('out', 'screenshots');
const committed = inProject('docs', 'screenshots');
const guideFolder = inProject('docs', 'guide', 'pictures');
mkdirSync(folder, { recursive: true });
mkdirSync(committed, { recursive: true });
mkdirSync(guideFolder, { recursive: true });

if (!process.env['TRELLIS_SERVER'] && buildIsStale()) {
  await runTool([toolFile('electron-vite'), 'build']);
}

const scratch = mkdtempSync(join(tmpdir(), 'trellis-'));
const full = await startServer();
const empty = await startServer();
const executablePath = await findBrowser();
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});

/** @type {string[]} */
const failures = [];
try {
  const ids = await fill(full);
  await fetch(`${full.url}/rpc/backups/make`, {
    method: 'POST',
    headers: { authorization: `Bearer ${full.token}`, 'content-type': 'application/json' },
    body: '{}',
  });
  if (forGuide) await takeGuide(browser, ids);
  else await takeAll(browser, ids);
} finally {
  await browser.close();
  await full.stop();
  await empty.stop();
  rmSync(scratch, { recursive: true, force: true });
}
for (const failure of failures) console.error(failure);
process.exitCode = failures.length === 0 ? 0 : 1;

/**
 * @param {Browser} from
 * @param {Ids} ids
 */
async function takeAll(from, ids) {
  for (const theme of themes) {
    for (const size of sizes) {
      await takeScreens(from, theme, size, ids);
      await takeStates(from, theme, size);
      await takeEntrances(from, theme, size);
    }
  }
}

async function startServer() {
  const clock = pathToFileURL(inProject('scripts', 'support', 'fixed-clock.mjs')).href;
  const server = new TestServer({
    nodeArguments: ['--import', clock],
    environment: {
      TRELLIS_SCREENSHOTS: '1',
      TZ: 'UTC',
      TRELLIS_BACKUP_DIR: join(scratch, 'Trellis backups'),
    },
  });
  await server.start();
  return server;
}

/**
 * Sample data, and what happens on a morning: a few deals, so that automation has something to tell.
 *
 * @param {TestServer} server
 * @returns {Promise<Ids>}
 */
async function fill(server) {
  const headers = {
    authorization: `Bearer ${server.token}`,
    'content-type': 'application/json',
  };
  await fetch(`${server.url}/rpc/system/load_sample_data`, { method: 'POST', headers, body: '{}' });
  const contact = await firstId(server, '/contacts?limit=30');
  const company = await firstId(server, '/companies');
  const broken = await create(server, '/workflows', {
    name: 'Greet the contact by hand',
    status: 'active',
    trigger_type: 'manual',
    actions: [
      {
        type: 'update_field',
        config: { object: 'contact', field: 'job_title', value: 'Founder' },
      },
    ],
  });
  await server.rest('POST', `/workflows/${broken}/execute`);
  await sendMail(server, contact);
  const branches = await create(server, '/workflows', branching);
  const deal = await create(server, '/deals', {
    title: 'Lighthouse rebrand',
    value: 7500,
    contact_id: contact,
    company_id: company,
    expected_close_date: '2026-04-30',
  });
  const run = await until(() => runOf(server, deal));
  const failedRun = await until(() => firstId(server, `/workflows/${broken}/executions`));
  const waitingRun = await until(() => firstId(server, `/workflows/${branches}/executions`));
  const workflow = await workflowOf(server, run);
  return { contact, company, deal, workflow, run, failedRun, branches, waitingRun };
}

/**
 * A mail in the Outbox: held, so that it leaves for nowhere.
 *
 * @param {TestServer} server
 * @param {string} contact
 */
async function sendMail(server, contact) {
  const account = await create(server, '/mail_accounts', {
    name: 'Studio',
    from_name: 'Nora Lindqvist',
    from_address: 'nora@studio.example',
    host: 'smtp.studio.example',
    port: 587,
    security: 'starttls',
  });
  await server.rest('PATCH', '/settings', { mail_hold_seconds: 3_600 });
  const welcome = await create(server, '/workflows', {
    name: 'Send the welcome',
    status: 'active',
    trigger_type: 'manual',
    actions: [
      {
        type: 'send_email',
        config: {
          account,
          to: '{{contact.email}}',
          subject: 'Welcome, {{contact.first_name}}',
          body: 'Good to have you with us.',
        },
      },
    ],
  });
  await server.rest('POST', `/workflows/${welcome}/execute`, { contact_id: contact });
  await until(() => firstId(server, '/outbox'));
}

/**
 * @param {TestServer} server
 * @param {string} path
 */
async function list(server, path) {
  const { body } = await server.rest('GET', path);
  return /** @type {{ items: Record<string, unknown>[] }} */ (body).items;
}

/**
 * @param {TestServer} server
 * @param {string} path
 */
async function firstId(server, path) {
  const items = await list(server, path);
  const id = items.at(-1)?.['id'];
  return typeof id === 'string' ? id : '';
}

/**
 * @param {TestServer} server
 * @param {string} deal
 */
async function runOf(server, deal) {
  for (const workflow of await list(server, '/workflows')) {
    const runs = await list(server, `/workflows/${String(workflow['id'])}/executions`);
    const run = runs.find(
      (candidate) =>
        candidate['status'] === 'succeeded' && JSON.stringify(candidate['record']).includes(deal),
    );
    if (run) return String(run['id']);
  }
  return '';
}

/**
 * @param {TestServer} server
 * @param {string} run
 */
async function workflowOf(server, run) {
  const { body } = await server.rest('GET', `/executions/${run}`);
  return String(/** @type {Record<string, unknown>} */ (body)['workflow_id']);
}

/**
 * @param {() => Promise<string>} ask
 * @returns {Promise<string>} the first answer that is not empty
 */
async function until(ask) {
  const deadline = performance.now() + 10_000;
  while (performance.now() < deadline) {
    const answer = await ask();
    if (answer !== '') return answer;
  }
  throw new Error('What the pictures need did not happen in time.');
}

/**
 * @param {Browser} from
 * @param {'light' | 'dark'} theme
 * @param {{ width: number, height: number }} size
 */
async function openPage(from, theme, size) {
  const context = await from.newContext({
    viewport: { width: size.width, height: size.height },
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(fixedNow + 60_000);
  return page;
}

/**
 * @param {Page} page
 * @param {string} name
 * @param {() => Promise<void>} prepare
 */
async function picture(page, name, prepare) {
  if (wanted.length > 0 && !wanted.some((part) => name.startsWith(part))) return;
  try {
    await prepare();
    // The caret blinks; fonts and lazily loaded parts must be there.
    await page.evaluate('document.fonts.ready');
    const path = join(folder, `${name}.png`);
    await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
    if (chosen.includes(name)) copyFileSync(path, join(committed, `${name}.png`));
  } catch (error) {
    const [line] = String(error).split('\n');
    failures.push(`${name}: ${line}`);
  }
}

/**
 * Names on cards and the like come by calls of their own, after the screen itself.
 *
 * @param {Page} page
 */
function watchCalls(page) {
  const open = new Set();
  let last = performance.now();
  /** @param {import('@playwright/test').Request} request */
  const isCall = (request) => request.url().includes('/rpc/') && !request.url().includes('/live/');
  /** @param {import('@playwright/test').Request} request */
  const end = (request) => {
    open.delete(request);
    last = performance.now();
  };
  page.on('request', (request) => isCall(request) && open.add(request));
  page.on('requestfinished', end);
  page.on('requestfailed', end);
  return {
    async wait() {
      const deadline = performance.now() + 5_000;
      while ((open.size > 0 || performance.now() - last < 200) && performance.now() < deadline) {
        await page.evaluate('new Promise(requestAnimationFrame)');
      }
    },
  };
}

/**
 * A fresh page at an address, so that nothing of the picture before is left.
 *
 * @param {Page} page
 * @param {TestServer} server
 * @param {string} path
 */
async function go(page, server, path) {
  await page.goto('about:blank');
  await page.goto(`${server.url}/#${path}`);
}

/**
 * @param {Browser} from
 * @param {'light' | 'dark'} theme
 * @param {typeof sizes[number]} size
 * @param {Ids} ids
 */
async function takeScreens(from, theme, size, ids) {
  const page = await openPage(from, theme, size);
  const quiet = watchCalls(page);
  await page.goto(await full.signInUrl());
  await page.getByRole('navigation').waitFor();
  for (const screen of screens) {
    await picture(page, `${screen.name}-${theme}-${size.name}`, async () => {
      await show(page, screen, ids);
      await quiet.wait();
    });
  }
  await page.context().close();
}

/**
 * @param {Page} page
 * @param {typeof screens[number]} screen
 * @param {Ids} ids
 */
async function show(page, { path, ready, prepare }, ids) {
  await page.evaluate(() => sessionStorage.removeItem('trellis-workflow-drafts'));
  await go(page, full, path(ids));
  await page.getByText(ready, { exact: false }).first().waitFor();
  await page.locator('main [aria-busy="true"]').waitFor({ state: 'detached' });
  await prepare?.(page);
}

/**
 * @param {Browser} from
 * @param {'light' | 'dark'} theme
 * @param {typeof sizes[number]} size
 */
async function takeStates(from, theme, size) {
  const page = await openPage(from, theme, size);
  await page.goto(await empty.signInUrl());
  await page.getByRole('button', { name: 'Start empty' }).click();
  for (const { name, path, empty: words } of states) {
    if (words === null) continue;
    await picture(page, `${name}-empty-${theme}-${size.name}`, async () => {
      await page.evaluate(`location.hash = ${JSON.stringify(path)}`);
      await page.getByText(words).first().waitFor();
    });
  }

  // The sidebar and the live stream work; only what the screen itself asks for does not come, or fails.
  const asked = /\/rpc\/(?!live|settings\/get|home\/counts|system\/health)/;
  for (const state of /** @type {const} */ (['loading', 'error'])) {
    await page.route(asked, async (route) => {
      if (state === 'error') await route.fulfill({ status: 500, json: { json: {} } });
    });
    for (const { name, path } of states) {
      await picture(page, `${name}-${state}-${theme}-${size.name}`, async () => {
        await go(page, empty, path);
        const shown = state === 'error' ? page.getByRole('alert') : page.locator('[aria-busy]');
        await shown.first().waitFor();
      });
    }
    await page.unroute(asked);
  }
  await page.context().close();
}

/**
 * A screen at a time, in light and small, as a WebP that Markdown and the Help screen show.
 *
 * @param {Browser} from
 * @param {Ids} ids
 */
async function takeGuide(from, ids) {
  const size = { width: 1024, height: 700 };
  const page = await openPage(from, 'light', size);
  const converter = await from.newPage();
  const quiet = watchCalls(page);
  await page.goto(await full.signInUrl());
  await page.getByRole('navigation').waitFor();
  for (const [file, name] of Object.entries(guidePictures)) {
    const screen = screens.find((one) => one.name === name);
    if (screen === undefined) throw new Error(`There is no screen ${name}`);
    try {
      await show(page, screen, ids);
      await quiet.wait();
      await page.evaluate('document.fonts.ready');
      const png = await page.screenshot({ animations: 'disabled', caret: 'hide' });
      await writeWebp(converter, png, join(guideFolder, `${file}.webp`));
    } catch (error) {
      failures.push(`${file}: ${String(error).split('\n')[0]}`);
    }
  }
  await page.context().close();
}

/**
 * The first start, the question for the token, and a server that is gone.
 *
 * @param {Browser} from
 * @param {'light' | 'dark'} theme
 * @param {typeof sizes[number]} size
 */
async function takeEntrances(from, theme, size) {
  const page = await openPage(from, theme, size);
  await picture(page, `token-${theme}-${size.name}`, async () => {
    await page.goto(empty.url);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
  });
  await picture(page, `first-start-${theme}-${size.name}`, async () => {
    await page.goto('about:blank');
    await page.goto(await empty.signInUrl());
    await page.getByRole('heading', { name: 'Welcome to Trellis' }).waitFor();
  });
  await picture(page, `lost-${theme}-${size.name}`, async () => {
    await page.goto('about:blank');
    await page.goto(await full.signInUrl());
    await page.getByText('Pipeline').waitFor();
    await page.route('**/rpc/**', (route) => route.abort());
    await page.reload();
    await page.getByTestId('connection-banner').waitFor();
  });
  await page.context().close();
}
