import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from './programs.mjs';

const onPath = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];

const macApps = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

const windowsPrograms = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * A browser that Playwright can drive: the one named by TRELLIS_BROWSER, an installed Chrome,
 * Chromium or Edge, or the one Playwright has fetched for itself.
 *
 * @returns {Promise<string | null>}
 */
export async function findBrowser() {
  const { TRELLIS_BROWSER: named } = process.env;
  if (named) return existsSync(named) ? named : null;
  return installedBrowser() ?? (await playwrightBrowser());
}

function installedBrowser() {
  if (process.platform === 'darwin') {
    return firstExisting(['/Applications', join(process.env.HOME ?? '', 'Applications')], macApps);
  }
  if (process.platform === 'win32') {
    const { ProgramFiles, 'ProgramFiles(x86)': ProgramFiles86, LOCALAPPDATA } = process.env;
    const folders = [ProgramFiles, ProgramFiles86, LOCALAPPDATA].filter((at) => at !== undefined);
    return firstExisting(folders, windowsPrograms);
  }
  return onPath.map(findProgram).find((file) => file !== null) ?? null;
}

/**
 * @param {string[]} folders
 * @param {string[]} files
 */
function firstExisting(folders, files) {
  const candidates = folders.flatMap((folder) => files.map((file) => join(folder, file)));
  return candidates.find((file) => existsSync(file)) ?? null;
}

async function playwrightBrowser() {
  try {
    const { chromium } = await import('@playwright/test');
    const file = chromium.executablePath();
    return existsSync(file) ? file : null;
  } catch {
    return null;
  }
}
