import { rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BuiltApp } from './boot/built-app.ts';

// The built app, started without Electron's binary. What only the real thing can show, the sandbox
// among it, is listed in docs/desktop.md.

let app: BuiltApp;

beforeEach(() => {
  app = new BuiltApp();
});

afterEach(() => app.remove());

test('starts safely, writes a contact through the port, ends, and comes back where it was', () => {
  expect(app.start('boot')).toEqual([]);
  expect(app.start('reopen')).toEqual([]);
});

test('programs are shut out until they are let in, and stay in after a restart', () => {
  expect(app.start('letProgramsIn')).toEqual([]);
  expect(app.start('programsStayIn')).toEqual([]);
});

test('tray, links, power, login, quick add and life without a window', () => {
  expect(app.start('shell')).toEqual([]);
});

test('the data folder moves, the next start finds it, and nobody else may have it open', () => {
  expect(app.start('moveDataFolder')).toEqual([]);
  expect(app.start('startsWhereItMoved')).toEqual([]);
});

test('the data folder stays while another program has the file open', () => {
  expect(app.start('moveRefused')).toEqual([]);
});

test('a second instance ends at once', () => {
  expect(app.start('secondInstance')).toEqual([]);
});

test('quitting during writes loses none', () => {
  expect(app.start('quitDuringWrites')).toEqual([]);
});

test('a folder that cannot be used is named', () => {
  rmSync(app.dataDir, { recursive: true });
  writeFileSync(app.dataDir, '');
  expect(app.start('unusableFolder')).toEqual([]);
});
