import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { create, seed } from './support/seed.ts';
import { expect, open, test } from './support/test.ts';

const canvas = (page: Page) => page.getByRole('application', { name: 'Canvas of the workflow' });

/** As on the other screens: what axe calls serious. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}

async function choose(page: Page, combobox: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: combobox, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

async function addStep(page: Page, plus: string, step: string): Promise<void> {
  await canvas(page).getByRole('button', { name: plus, exact: true }).click();
  await page.getByRole('menuitem', { name: new RegExp(`^${step}`) }).click();
}

test('by mouse: steps are put on lines, dragged, taken back and done again', async ({
  page,
  server,
}) => {
  const task = (title: string) => ({ type: 'create_task', config: { title } });
  const id = await create(server, '/workflows', {
    name: 'Drawn',
    status: 'draft',
    trigger_type: 'deal_created',
    actions: [
      task('First'),
      {
        type: 'if',
        config: {
          conditions: {
            combinator: 'and',
            rules: [{ field: 'deal.value', operator: '>', value: 5000 }],
          },
        },
        then: [task('Big')],
      },
    ],
  });
  await open(page, `/workflows/${id}`);
  const words = page.getByTestId('workflow-words');
  await addStep(page, 'Add step (Otherwise, step 2)', 'Send notification');
  await page.getByRole('textbox', { name: 'Title' }).fill('A small one');
  await expect(words).toContainText('otherwise notify you “A small one”');

  // From the top into the branch: the card is let go near the plus of that line.
  const first = canvas(page).getByRole('button', { name: /^Create task.*First/ });
  const from = await first.boundingBox();
  const to = await canvas(page)
    .getByRole('button', { name: 'Add step (Then, step 2)', exact: true })
    .boundingBox();
  if (!from || !to) throw new Error('The canvas shows neither the card nor the plus.');
  await page.mouse.move(from.x + 80, from.y + 30);
  await page.mouse.down();
  await page.mouse.move(from.x + 120, from.y + 80, { steps: 4 });
  // The card is taken where the mouse went down; its middle is what counts.
  await page.mouse.move(to.x - from.width / 2 + 90, to.y + 4, { steps: 8 });
  await page.mouse.up();
  await expect(words).toContainText(
    'if deal value is more than 5,000, create task “Big” and create task “First”',
  );

  await page.getByRole('button', { name: 'Undo edit' }).click();
  await expect(words).toContainText('create task “First”, then if deal value');
  await page.getByRole('button', { name: 'Redo edit' }).click();
  await expect(words).toContainText('create task “Big” and create task “First”');

  // The outline is the same tree.
  await page.getByText('Outline', { exact: true }).click();
  const then = page.getByRole('list', { name: 'Then, step 1' });
  await expect(then.getByRole('listitem')).toContainText([/Big/, '', /First/, '']);
  await page.getByText('Canvas', { exact: true }).click();
  await expect(canvas(page)).toBeVisible();
  expect(await findings(page)).toEqual([]);
});

test('by mouse: a branch, a wait and a goal, turned on, triggered, its run read', async ({
  page,
  server,
}) => {
  const { contactId } = await seed(server);
  await open(page, '/workflows/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Chase quotes');
  await page.getByRole('tab', { name: 'Settings' }).click();
  const goal = page.getByRole('group', { name: 'Goal' });
  await goal.getByRole('button', { name: 'Add condition' }).click();
  await choose(page, 'Field', 'Deal status');
  await choose(page, 'Value', 'Won');
  await page.getByRole('tab', { name: 'Build' }).click();
  await addStep(page, 'Add step', 'If');
  await choose(page, 'Field', 'Deal value');
  await page.getByRole('textbox', { name: 'Value', exact: true }).fill('5000');
  await expect(page.getByText('0 of 1 of your deals matches now.')).toBeVisible();
  await addStep(page, 'Add step (Then, step 1)', 'Create task');
  const title = page.getByRole('textbox', { name: 'Title' });
  await page.getByRole('button', { name: '1 thing to fix' }).click();
  await page.getByRole('button', { name: /^Step 2, Create task/ }).click();
  await expect(title).toBeFocused();
  await title.fill('Call about {{deal.title}}');
  await expect(page.getByText('Call about Website relaunch')).toBeVisible();
  await addStep(page, 'Add step', 'Wait');
  await page.getByRole('textbox', { name: 'How long' }).fill('3');
  await expect(page.getByTestId('workflow-words')).toHaveText(
    'When a deal is created, if deal value is more than 5,000, create task “Call about [deal title]”, then wait 3 days. It reaches its goal when deal status is Won.',
  );
  await page.getByRole('button', { name: 'Turn on' }).click();
  await expect(page.getByText('“Chase quotes” is on')).toBeVisible();
  await create(server, '/deals', { title: 'Menu cards', contact_id: contactId, value: 9000 });
  await page.getByRole('tab', { name: 'Runs' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Menu cards' });
  await row.getByText('Waiting', { exact: true }).click();
  const steps = page.getByRole('list', { name: 'Steps' });
  await expect(steps).toContainText('Call about Menu cards');

  // The same on the canvas of its version: the branch it took, and what it waits for.
  const drawn = page.getByRole('application', { name: 'Canvas of the run' });
  await expect(drawn.getByRole('button', { name: /^Wait.*Waiting until/ })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await drawn.getByRole('button', { name: /^Create task/ }).click();
  await expect(page.getByRole('complementary', { name: 'What the chosen step did' })).toContainText(
    'Call about Menu cards',
  );
  expect(await findings(page)).toEqual([]);
});

test('a version is published over one that runs, compared with it, and taken back', async ({
  page,
  server,
}) => {
  const { workflowId } = await seed(server);
  await open(page, `/workflows/${workflowId}`);
  const title = page.getByRole('textbox', { name: 'Title' });
  await title.fill('Ring {{deal_title}}');
  await page.getByRole('button', { name: 'Save changes' }).click();
  const dialog = page.getByRole('dialog', { name: 'Publish version 2' });
  await expect(dialog.locator('del')).toContainText(['Follow up with [deal title]']);
  await expect(dialog.locator('ins')).toContainText(['Ring [deal title]']);
  await dialog.getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByText('The next run uses this version.', { exact: false })).toBeVisible();

  await page.getByRole('tab', { name: 'Versions' }).click();
  await page.getByRole('button', { name: /^Version 1/ }).click();
  await expect(page.getByRole('link', { name: 'Show its run' })).toBeVisible();
  await page.getByRole('button', { name: 'Restore this version' }).click();
  await expect(page.getByRole('button', { name: /^Version 3.*Runs now/ })).toBeVisible();
  await page.getByRole('tab', { name: 'Build' }).click();
  await page.getByRole('button', { name: /^Create task/ }).click();
  await expect(title).toHaveValue('Follow up with {{deal_title}}');
});

test('by keyboard alone: the same workflow', async ({ page, server }) => {
  const { contactId } = await seed(server);
  const { keyboard } = page;
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await keyboard.press(key);
  };
  const focused = page.locator(':focus');
  /** Goes to a control by the Tab key. */
  const tabTo = async (name: RegExp | string): Promise<void> => {
    for (let presses = 0; presses < 60; presses += 1) {
      await press('Tab');
      const label = await focused.evaluate((element) => {
        const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
        return [
          element.getAttribute('aria-label'),
          ...labels.map((one) => one.textContent),
          element.textContent,
        ].join(' ');
      });
      if (typeof name === 'string' ? label.includes(name) : name.test(label)) return;
    }
    throw new Error(`The Tab key does not lead to ${name}.`);
  };
  /** Opens a list of choices and goes down to one of them. */
  const pick = async (option: string): Promise<void> => {
    await press('Enter');
    await expect(page.getByRole('option').first()).toBeVisible();
    const marked = page.locator('[role="option"][data-combobox-selected]');
    for (let presses = 0; presses < 80; presses += 1) {
      await press('ArrowDown');
      if ((await marked.textContent()) === option) break;
    }
    await press('Enter');
  };
  /** In an open step library. */
  const library = async (step: string): Promise<void> => {
    const item = page.getByRole('menuitem', { name: new RegExp(`^${step}`) });
    await expect(item).toBeVisible();
    for (let presses = 0; presses < 40; presses += 1) {
      await press('ArrowDown');
      if (((await focused.textContent()) ?? '').startsWith(step)) break;
    }
    await press('Enter');
    await expect(page.getByRole('menu')).toBeHidden();
  };

  await open(page, '/workflows/new');
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
  await keyboard.type('By keys');
  await tabTo('Trigger');
  await press('+');
  await library('If');
  // The new step has the focus; Enter leads into its settings.
  await expect(canvas(page).getByRole('button', { name: /^If/ })).toBeFocused();
  await press('Enter');
  await expect(page.getByRole('combobox', { name: 'Field', exact: true })).toBeFocused();
  await pick('Deal value');
  await tabTo('Value');
  await keyboard.type('5000');
  await press('Escape');
  await expect(canvas(page).getByRole('button', { name: /^If/ })).toBeFocused();
  await press('ArrowDown');
  await expect(
    canvas(page).getByRole('button', { name: 'Then, step 1', exact: true }),
  ).toBeFocused();
  await press('Enter');
  await library('Create task');
  await press('Enter');
  await expect(page.getByRole('textbox', { name: 'Title' })).toBeFocused();
  await keyboard.type('Call them');
  await press('Escape', 'End', 'Enter');
  await library('Wait');
  await press('Enter');
  await tabTo('How long');
  await keyboard.type('3');
  await page.getByRole('tab', { name: 'Build' }).press('End');
  await expect(page.getByRole('tab', { name: 'Settings' })).toBeFocused();
  await press('Enter');
  await tabTo('Add condition');
  await press('Enter');
  const goal = page.getByRole('group', { name: 'Goal' });
  await expect(goal.getByRole('combobox', { name: 'Field', exact: true })).toBeFocused();
  await pick('Deal status');
  await tabTo('Value');
  await pick('Won');
  await page.getByRole('tab', { name: 'Settings' }).press('Home');
  await press('Enter');
  await expect(page.getByTestId('workflow-words')).toHaveText(
    'When a deal is created, if deal value is more than 5,000, create task “Call them”, then wait 3 days. It reaches its goal when deal status is Won.',
  );

  // A step too many goes again.
  await tabTo('Wait 3 days');
  await press('ControlOrMeta+d');
  await expect(page.getByTestId('workflow-words')).toContainText('wait 3 days, then wait 3 days');
  await press('Delete');
  await expect(page.getByTestId('workflow-words')).not.toContainText('wait 3 days, then');
  await page.getByRole('button', { name: 'Turn on' }).press('Enter');
  await expect(page.getByText('“By keys” is on')).toBeVisible();
  await create(server, '/deals', { title: 'Menu cards', contact_id: contactId, value: 9000 });
  await page.getByRole('tab', { name: 'Rehearse' }).press('ArrowRight');
  const row = page.getByRole('row').filter({ hasText: 'Menu cards' });
  await expect(row.getByText('Waiting', { exact: true })).toBeVisible();
});
