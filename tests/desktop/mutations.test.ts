import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BuiltApp } from './boot/built-app.ts';

// The boot check, checked: each of these changes to the built app must turn it red, for its reason.

let app: BuiltApp;

beforeEach(() => {
  app = new BuiltApp();
});

afterEach(() => app.remove());

interface Mutation {
  readonly name: string;
  readonly mutate: (app: BuiltApp) => void;
  /** Part of the failure that must be reported. */
  readonly failure: string;
  readonly scenario?: Parameters<BuiltApp['start']>[0];
}

const change = (from: string | RegExp, to: string) => (mutated: BuiltApp) =>
  mutated.change(from, to);

const mutations: Mutation[] = [
  {
    name: 'awaits whenReady at the top level',
    mutate: (mutated) =>
      mutated.append(
        'main/main.js',
        '\nimport { app as late } from "electron";\nawait late.whenReady();\n',
      ),
    failure: 'awaits at its top level',
  },
  { name: 'has no sandbox', mutate: change('sandbox: true,', ''), failure: 'sandbox: undefined' },
  {
    name: 'leaves other windows out of the sandbox',
    mutate: change('app.enableSandbox();', ''),
    failure: 'sandbox for all',
  },
  {
    name: 'has a second instance that stays',
    mutate: change('app.requestSingleInstanceLock()', '(app.requestSingleInstanceLock(), true)'),
    failure: 'it ended',
    scenario: 'secondInstance',
  },
  {
    name: 'has a preload that requires more than electron',
    mutate: (mutated) => mutated.append('preload/preload.cjs', '\nrequire("node:fs");\n'),
    failure: 'module not found: node:fs',
  },
  {
    name: 'allows eval in its policy',
    mutate: change(`"script-src": "'self'"`, `"script-src": "'self' 'unsafe-eval'"`),
    failure: 'unsafe-eval',
  },
  {
    name: 'sends no policy',
    mutate: change('"content-security-policy"', '"x-no-policy"'),
    failure: 'policy of /',
  },
  {
    name: 'leaves a directive out of its policy',
    mutate: change(`"object-src": "'none'",`, ''),
    failure: 'policy of /',
  },
  {
    name: 'shares its context with the page',
    mutate: change('contextIsolation: true', 'contextIsolation: false'),
    failure: 'contextIsolation',
  },
  {
    name: 'gives Node to the page',
    mutate: change('nodeIntegration: false', 'nodeIntegration: true'),
    failure: 'nodeIntegration',
  },
  {
    name: 'serves any page that asks',
    mutate: change('isAppUrl(frame.url)', 'true'),
    failure: 'the port of a foreign page is refused',
  },
  {
    name: 'serves files beside the renderer',
    mutate: change(/file\.startsWith\([^;]+\) \? file : null/, 'file'),
    failure: 'status of /%2e%2e%2fmain/main.js',
  },
  {
    name: 'quits while calls are on their way',
    mutate: change('calls.received !== before || calls.unanswered > 0', 'false'),
    failure: 'every write',
    scenario: 'quitDuringWrites',
  },
  {
    name: 'has a tray that says nothing',
    mutate: change('tray.setToolTip(describeStatus(status));', ''),
    failure: 'it says how automation does',
    scenario: 'shell',
  },
  {
    name: 'counts nothing on its badge',
    mutate: change('app.setBadgeCount(status.unread);', ''),
    failure: 'the badge counts what is unread',
    scenario: 'shell',
  },
  {
    name: 'is deaf to links on macOS',
    mutate: change('app.on("open-url"', 'app.on("never"'),
    failure: 'a link as macOS passes it',
    scenario: 'shell',
  },
  {
    name: 'takes anything in a link for an id',
    mutate: change('!idPattern.test(id)', 'false'),
    failure: 'what is no link goes nowhere',
    scenario: 'shell',
  },
  {
    name: 'shows its window at login',
    mutate: change('"--hidden"', '"--shown"'),
    failure: 'without a window',
    scenario: 'shell',
  },
  {
    name: 'sleeps on when the computer wakes',
    mutate: change('powerMonitor.on("resume", timeMayHaveMoved)', 'void 0'),
    failure: 'listens to resume',
    scenario: 'shell',
  },
  {
    name: 'leaves the old file where it was moved from',
    mutate: change('renameSync(live, kept)', 'void 0'),
    failure: 'the old file is kept under another name',
    scenario: 'moveDataFolder',
  },
  {
    name: 'uses what the stand-in lacks',
    mutate: change(
      'app.enableSandbox();',
      'app.enableSandbox(); app.disableHardwareAcceleration();',
    ),
    failure: 'The stand-in electron has no app.disableHardwareAcceleration',
  },
];

describe('the boot check is red for an app that', () => {
  test.each(mutations)('$name', ({ mutate, failure, scenario = 'boot' }) => {
    mutate(app);
    expect(app.start(scenario).join('\n')).toContain(failure);
  });
});
