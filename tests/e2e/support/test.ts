import { test as base, expect, type Page } from '@playwright/test';
import { TestServer } from './start-server.ts';

interface Fixtures {
  /** Console errors a test causes on purpose, such as a lost connection. */
  expectedErrors: readonly RegExp[];
  server: TestServer;
  /** A window that is signed in and shows Home. */
  page: Page;
}

/** Collects everything a user with the console open would be worried by. */
async function watch(page: Page): Promise<string[]> {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return problems;
}

export const test = base.extend<Fixtures>({
  expectedErrors: [[], { option: true }],

  // Playwright names the dependencies of a fixture by destructuring, so an empty pattern is needed.
  // oxlint-disable-next-line no-empty-pattern
  server: async ({}, use) => {
    const server = new TestServer();
    await server.start();
    await use(server);
    await server.stop();
  },

  page: async ({ page, server, expectedErrors }, use) => {
    const problems = await watch(page);
    await page.goto(await server.signInUrl());
    await expect(page.getByRole('navigation')).toBeVisible();
    await use(page);
    const unexpected = problems.filter((text) => !expectedErrors.some((known) => known.test(text)));
    expect(unexpected, 'The console is free of errors and CSP violations').toEqual([]);
  },
});

export { expect };

/** Goes to a screen by its address, as a link would. */
export async function open(page: Page, path: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, path);
}
