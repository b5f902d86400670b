import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { seed } from './support/seed.ts';
import { expect, open, test } from './support/test.ts';

async function findingsIn(page: Page, colorScheme: 'light' | 'dark'): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  // The schemes differ in their colours alone, and each rule on each screen takes its time.
  if (colorScheme === 'dark') axe.withRules(['color-contrast']);
  else axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']);
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('no screen has a serious fault', async ({ page, server }) => {
      test.slow();
      const findings = (shown: Page): Promise<string[]> => findingsIn(shown, colorScheme);
      await page.getByRole('heading', { name: 'Welcome to Trellis' }).waitFor();
      const found: Record<string, string[]> = { 'first start': await findings(page) };
      const { contactId, workflowId, dealId } = await seed(server);
      const run = (await server.rest('GET', `/workflows/${workflowId}/executions`)).body;
      const runId = /"id":"([^"]+)"/.exec(JSON.stringify(run))?.[1] ?? '';

      const screens: Record<string, string> = {
        '/': 'Pipeline',
        '/contacts': 'Anna Berg',
        [`/contacts/${contactId}`]: 'anna@harbour.example',
        '/companies': 'Harbour Café',
        '/deals': 'Website relaunch',
        [`/deals/${dealId}`]: 'Expected close',
        '/tasks': 'Call Anna about the menu',
        '/tasks?view=all': 'Call Anna about the menu',
        '/search?q=web': 'Website relaunch',
        '/workflows': 'Follow up on new deals',
        '/workflows/new': 'Add step',
        '/workflow-templates': 'Use this template',
        [`/workflows/${workflowId}`]: 'In words',
        '/runs': 'Succeeded',
        [`/runs/${runId}`]: 'Input',
        '/attention': 'Nothing needs you',
        '/analytics': 'Runs by day',
        '/inbox': 'New deal: Website relaunch',
        '/bin': 'The bin is empty',
        '/settings': 'Data folder',
        '/import': 'Drop a CSV or vCard file here',
        '/duplicates': 'No duplicates',
        '/help/diagnostics': 'Timings',
      };
      for (const [path, text] of Object.entries(screens)) {
        await open(page, path);
        await expect(page.getByText(text).first()).toBeVisible();
        await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
        found[path] = await findings(page);
      }

      await open(page, '/tasks?view=all');
      await page.getByRole('checkbox', { name: 'Select Call Anna about the menu' }).click();
      await page.getByRole('button', { name: 'Filter', exact: true }).click();
      await page.getByRole('button', { name: 'Add condition' }).click();
      found['selection and filter'] = await findings(page);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Display' }).click();
      found['display'] = await findings(page);
      await page.keyboard.press('Escape');
      for (const layout of ['Board', 'Calendar', 'Week', 'Agenda']) {
        await page.getByText(layout, { exact: true }).click();
        await expect(page.getByText('Call Anna about the menu').first()).toBeAttached();
        found[layout] = await findings(page);
      }

      await page.keyboard.press('ControlOrMeta+k');
      await expect(page.getByPlaceholder('Search records, screens and commands')).toBeVisible();
      found['palette'] = await findings(page);
      await page.keyboard.press('Escape');
      await open(page, '/deals');
      await page.keyboard.press('c');
      await expect(page.getByRole('dialog', { name: 'New deal' })).toBeVisible();
      found['create dialog'] = await findings(page);

      const serious = Object.entries(found).filter(([, list]) => list.length > 0);
      expect(Object.fromEntries(serious)).toEqual({});
    });
  });
}
