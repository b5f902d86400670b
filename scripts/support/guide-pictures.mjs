import { writeFileSync } from 'node:fs';

/** @import { Page } from '@playwright/test' */

/** Pictures of docs/guide by the name of their file, each with the screen it shows. */
export const guidePictures = /** @type {const} */ ({
  workflow: 'workflow',
  'run-failed': 'run-failed',
  contact: 'contact',
  deals: 'deals-board',
  contacts: 'contacts',
  palette: 'palette',
  outbox: 'outbox',
  webhook: 'workflow-hook',
  'data-safety': 'data-safety',
});

/** So that a picture stays below 80 kB and its text can still be read. */
const quality = 0.82;

/**
 * Playwright makes PNG alone, but the browser it drives can make the far smaller WebP.
 *
 * @param {Page} page any page of the same browser
 * @param {Buffer} png
 * @param {string} file
 */
export async function writeWebp(page, png, file) {
  /** @type {string} */
  const encoded = await page.evaluate(`(async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,${png.toString('base64')}';
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    canvas.getContext('2d').drawImage(image, 0, 0);
    return canvas.toDataURL('image/webp', ${quality});
  })()`);
  writeFileSync(file, Buffer.from(encoded.replace('data:image/webp;base64,', ''), 'base64'));
}
