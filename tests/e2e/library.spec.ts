import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, open, test } from './support/test.ts';

/** The promise of the first-time path. */
const most = { interactions: 12, milliseconds: 60_000 };

test('from the first start to a workflow that is on and has run, by the shortest obvious way', async ({
  page,
}) => {
  const began = Date.now();
  let interactions = 0;
  const press = async (target: Locator): Promise<void> => {
    interactions += 1;
    await target.click();
  };
  await press(page.getByRole('button', { name: 'Load sample data' }));
  await press(page.getByRole('navigation').getByRole('link', { name: /^Workflows/ }));
  await press(page.getByRole('button', { name: 'From a template' }));
  await press(page.getByRole('button', { name: /^Tag deals by value/ }));
  await press(page.getByRole('button', { name: 'Use this template' }));
  await press(page.getByRole('button', { name: 'Turn on' }));
  await expect(page.getByText('“Tag deals by value” is on')).toBeVisible();
  const enrol = page.getByRole('dialog');
  await expect(enrol.or(page.getByRole('button', { name: 'Run now' })).first()).toBeVisible();
  if (await enrol.isVisible()) await press(enrol.getByRole('button').last());
  await press(page.getByRole('button', { name: 'Run now' }));
  await press(page.getByRole('dialog').getByRole('radio').nth(1));
  await press(page.getByRole('dialog').getByRole('button', { name: 'Run', exact: true }));
  await expect(page.getByRole('list', { name: 'Steps' })).toBeVisible();
  await expect(page.getByText('Succeeded').first()).toBeVisible();
  expect(interactions).toBeLessThanOrEqual(most.interactions);
  expect(Date.now() - began).toBeLessThan(most.milliseconds);
});

async function exportFirst(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: `More for ${name}` }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Export' }).click();
  return (await download).path();
}

test('a workflow goes out as a file and comes in with its missing field made', async ({
  page,
  server,
}) => {
  await page.getByRole('button', { name: 'Load sample data' }).click();
  await open(page, '/workflow-templates?template=renewal');
  await expect(page.getByText('A field “Renewal date” on deal')).toBeVisible();
  await open(page, '/workflows');
  const name = 'Welcome new contacts';
  const text = readFileSync(await exportFirst(page, name), 'utf8');
  const file = JSON.parse(text) as { name: string; actions: object[]; needs: object };
  expect(file).toMatchObject({ format: 'trellis-workflow', name });
  expect(text.indexOf('"triggers"')).toBeLessThan(text.indexOf('"actions"'));

  const near = 'http://127.0.0.1:9/hook';
  const changed = join(server.dataDir, 'changed.json');
  const needed = { object: 'contact', name: 'cf_origin', label: 'Origin', type: 'text' };
  const step = {
    type: 'update_field',
    config: { object: 'contact', field: 'cf_origin', value: 'Website' },
  };
  writeFileSync(
    changed,
    JSON.stringify({
      ...file,
      actions: [...file.actions, step, { type: 'webhook', config: { url: near } }],
      needs: { ...file.needs, fields: [needed] },
    }),
  );
  await open(page, '/workflow-templates');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Import a file' }).click();
  await (await chooser).setFiles(changed);
  const dialog = page.getByRole('dialog', { name: `Import “${name}”` });
  await expect(dialog.getByRole('combobox', { name: 'Field Origin' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Make a draft' }).click();
  await expect(page.getByTestId('workflow-words')).toContainText('Website');
  const fields = (await server.rest('GET', '/custom_fields')).body;
  expect(JSON.stringify(fields)).toContain('"cf_origin"');

  // Its address near this computer is confirmed before it is on, from the editor and from the list.
  await page.getByRole('button', { name: 'Turn on' }).click();
  const question = page.getByRole('dialog', { name: `Turn on “${name}”?` });
  await expect(question.getByText(near)).toBeVisible();
  await question.getByRole('button', { name: 'Cancel' }).click();
  await open(page, '/workflows');
  const row = page.getByRole('row').filter({ hasText: 'draft' }).filter({ hasText: name });
  const toggle = page
    .getByRole('row')
    .filter({ hasText: name })
    .getByRole('switch', { checked: false });
  await expect(row).toBeVisible();
  await toggle.focus();
  await toggle.press('Space');
  await expect(question.getByText(near)).toBeVisible();
  await question.getByRole('button', { name: 'Turn on and allow' }).click();
  await expect(question).toBeHidden();
  await expect(row).toBeHidden();
  await expect(toggle).toHaveCount(0);
});
