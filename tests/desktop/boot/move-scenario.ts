import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { app } from '../stand-in/electron.ts';
import { state } from '../stand-in/state.ts';
import { expect } from './expectations.ts';
import { apiOver } from './page.ts';
import { openApp, quitApp, type Scenario } from './start.ts';

const places = ({ dataDir }: Scenario) => ({
  moved: `${dataDir} moved`,
  old: join(dataDir, 'trellis.db'),
  kept: join(dataDir, 'trellis.db.before-move'),
});

/** The data folder goes to another place, unless another program has the file open, and the app starts again. */
export async function moveDataFolder(scenario: Scenario): Promise<void> {
  const { moved, old, kept } = places(scenario);
  const { page } = await openApp(scenario);
  const api = apiOver(await page.requestPort());
  await api.contacts.create({ first_name: 'Ada' });
  const quit = once(app, 'quit');
  await api.desktop.move_data_folder({ path: moved });
  await quit;
  expect('it starts again', state.calls.includes('relaunch'));
  expect('nothing went wrong', state.errorBoxes, []);
  expect(
    'the old file is kept under another name',
    [existsSync(old), existsSync(kept)],
    [false, true],
  );
}

/** The start after it, with the old folder on its command line. */
export async function startsWhereItMoved(scenario: Scenario): Promise<void> {
  const { moved, old } = places(scenario);
  const { page } = await openApp(scenario);
  expect('the folder it uses', state.paths.get('userData'), moved);
  const api = apiOver(await page.requestPort());
  const names = (await api.contacts.list({})).items.map((contact) => contact.first_name);
  expect('what is in it', names, ['Ada']);
  expect('no file in the old place', existsSync(old), false);
  await quitApp();
}

/** A program that has the file open keeps it where it is. */
export async function moveRefused(scenario: Scenario): Promise<void> {
  const { moved, old } = places(scenario);
  const { page } = await openApp(scenario);
  const api = apiOver(await page.requestPort());
  const other = new Database(old);
  other.prepare('SELECT count(*) FROM contacts').get();
  const quit = once(app, 'quit');
  await api.desktop.move_data_folder({ path: moved });
  await quit;
  other.close();
  expect('said', state.errorBoxes.join('\n').includes('another program has'));
  expect('it starts again', state.calls.includes('relaunch'));
  expect('where it was', [existsSync(old), existsSync(join(moved, 'trellis.db'))], [true, false]);
}
