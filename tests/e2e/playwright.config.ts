import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

/** Debian's; elsewhere the caller says which browser it found. */
const debianChromium = '/usr/bin/chromium';
const browser = process.env['TRELLIS_BROWSER'] ?? debianChromium;
const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: import.meta.dirname,
  outputDir: '../../test-results',
  // Each test has its own server and its own folder, so nothing is shared between workers.
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env['CI'] === 'true',
  retries: 0,
  timeout: 60_000,
  // How long a state may take to come on a busy two-core machine.
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    headless: true,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    contextOptions: { reducedMotion: 'reduce' },
    trace: 'retain-on-failure',
    actionTimeout: 10_000,
    launchOptions: {
      ...(existsSync(browser) ? { executablePath: browser } : {}),
      // Chromium's sandbox refuses to run as root, as in a container.
      args: isRoot ? ['--no-sandbox'] : [],
    },
  },
});
