import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { becomeReady } from '../stand-in/app.ts';
import { app } from '../stand-in/electron.ts';
import { state } from '../stand-in/state.ts';
import type { StandInWindow } from '../stand-in/window.ts';
import { expect } from './expectations.ts';
import { Page } from './page.ts';

export interface Scenario {
  readonly outDir: string;
  readonly dataDir: string;
}

export interface OpenedApp {
  readonly window: StandInWindow;
  readonly page: Page;
}

/** Evaluates the built main as Electron does: wholly, and only then is the app ready. */
export async function evaluateMain({ outDir }: Scenario): Promise<void> {
  await import(pathToFileURL(join(outDir, 'main', 'main.js')).href);
  expect(
    'nothing was made before the app was ready',
    [state.windows.length, state.protocols.size],
    [0, 0],
  );
  becomeReady();
  // Every `then` on whenReady has run when the next turn of the loop begins.
  await turn();
}

export async function openApp(scenario: Scenario): Promise<OpenedApp> {
  await evaluateMain(scenario);
  const [window] = state.windows;
  if (window === undefined) {
    throw new Error(`No window: ${state.errorBoxes.join(', ') || 'and no error box'}`);
  }
  if (!window.calls.includes('show')) await once(window, 'ready-to-show');
  return { window, page: new Page(preloadOf(scenario), window.webContents) };
}

export async function quitApp(): Promise<void> {
  const quit = once(app, 'quit');
  app.quit();
  await quit;
}

export const preloadOf = ({ outDir }: Scenario) => join(outDir, 'preload', 'preload.cjs');

export const turn = () => new Promise((resolve) => setImmediate(resolve));
