import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { findBrowser } from '../../scripts/support/browser.mjs';
import { databaseFileName } from '../../src/main/db/open-database.ts';
import { TestServer } from '../../tests/e2e/support/start-server.ts';
import { median } from '../support/measure.ts';
import { type Measurement, milliseconds } from '../support/report.ts';
import { copyFile } from '../support/waiting-file.ts';

const rounds = 7;

/** From the start of the process to a Home that shows its numbers, in milliseconds. */
const target = 3_000;

interface Start {
  /** When the server said that it answers. */
  readonly ready: number;
  /** When Home stood with its numbers. */
  readonly usable: number;
}

/** The built server on a file of some size, from its start to a screen one can work with. */
export async function coldStart(dataDir: string): Promise<Measurement[]> {
  const executablePath = await findBrowser();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const server = new TestServer();
  try {
    copyFile(dataDir, server.dataDir);
    const starts: Start[] = [];
    for (let round = 0; round < rounds; round += 1) {
      starts.push(await startOnce(server, browser));
    }
    const usable = starts.map((start) => start.usable);
    const value = median(usable);
    return [
      {
        name: 'cold start to a Home one can work with',
        engine: milliseconds(value),
        floor: milliseconds(median(starts.map((start) => start.ready))),
        value,
        shown: `longest ${milliseconds(Math.max(...usable))}`,
        target: `≤ ${target} ms`,
        ok: value <= target,
      },
    ];
  } finally {
    await server.stop();
    await browser.close();
  }
}

async function startOnce(server: TestServer, browser: Browser): Promise<Start> {
  // Only Linux can be asked to forget a file.
  const file = `if=${join(server.dataDir, databaseFileName)}`;
  spawnSync('dd', [file, 'iflag=nocache', 'count=0'], { stdio: 'ignore' });
  // A context of its own has nothing in its cache.
  const context = await browser.newContext();
  const page = await context.newPage();
  const start = performance.now();
  await server.start();
  const ready = performance.now() - start;
  await page.goto(await server.signInUrl());
  await page
    .getByRole('navigation')
    .getByText(/^100,00/)
    .waitFor();
  await page.getByText('Pipeline', { exact: true }).waitFor();
  await page.locator('main [aria-busy="true"]').waitFor({ state: 'detached' });
  const usable = performance.now() - start;
  await context.close();
  await server.end();
  return { ready, usable };
}
