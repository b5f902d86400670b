import { Button, MantineThemeProvider, Popover } from '@mantine/core';
import { ListFilter } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../shared/workflow/definition.ts';
import { useCommands } from '../../commands/registry.ts';
import { ConditionEditor } from '../workflows/editor/condition-editor.tsx';
import { useStages } from '../workflows/use-words.ts';
import { checkedConditions } from './checked-conditions.ts';
import type { ShownView } from './use-view.ts';
import { hasRules } from './view-state.ts';
import classes from './views.module.css';

const part = 'view';
const name = 'conditions';

/** The conditions of a view, in the same editor that workflows have. What is half written waits here until it is whole. */
export function FilterPopover({ view }: { view: ShownView }) {
  const { t } = useTranslation('views');
  const stages = useStages();
  const [opened, setOpened] = useState(false);
  const [draft, setDraft] = useState<unknown>(null);
  const [lists, setLists] = useState<HTMLDivElement | null>(null);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const conditions = draft ?? view.state.conditions ?? { combinator: 'and', rules: [] };
  const checked = checkedConditions(conditions, view.object);
  const problems = new Map<string, Problem>(
    checked.problems
      .filter((problem) => touched.has(problem.path))
      .map((problem) => [problem.path, problem]),
  );
  const count = countRules(view.state.conditions);

  function toggle(open: boolean): void {
    setOpened(open);
    setDraft(null);
    setTouched(new Set());
  }

  function change(next: Readonly<Record<string, unknown>>): void {
    setDraft(next);
    if (checkedConditions(next, view.object).problems.length > 0) return;
    view.change({ conditions: hasRules(next) ? next : null });
  }

  useCommands([
    {
      id: 'edit_filter',
      label: 'commands:edit_filter',
      section: 'list',
      shortcut: 'f',
      keywords: 'conditions where narrow',
      perform: () => toggle(true),
    },
  ]);

  return (
    <Popover
      opened={opened}
      onChange={toggle}
      position="bottom-end"
      width={440}
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <Button
          variant="subtle"
          color={count > 0 ? 'indigo' : 'gray'}
          className={classes.tool ?? ''}
          leftSection={<ListFilter size={14} aria-hidden />}
          onClick={() => toggle(!opened)}
          aria-expanded={opened}
        >
          {t('filter')}
          {count > 0 && <span className={classes.badge}>{count}</span>}
        </Button>
      </Popover.Target>
      <Popover.Dropdown
        p={0}
        aria-label={t('filter')}
        // The list behind it has keys of its own.
        onKeyDown={(event) => event.stopPropagation()}
      >
        <MantineThemeProvider inherit theme={listsIn(lists)}>
          <div className={classes.filter}>
            <ConditionEditor
              part={part}
              name={name}
              label={t('filter_title')}
              description={t('filter_hint')}
              value={conditions}
              scope={{ objects: checked.objects, stages }}
              problems={problems}
              onChange={change}
              onBlur={(field) => setTouched((known) => new Set([...known, field]))}
            />
            {draft !== null && checked.problems.length > 0 && (
              <output className={classes.hint}>{t('filter_incomplete')}</output>
            )}
            {count > 0 && (
              <Button
                variant="subtle"
                color="gray"
                size="compact-sm"
                onClick={() => {
                  view.change({ conditions: null });
                  toggle(false);
                }}
              >
                {t('clear_filter')}
              </Button>
            )}
          </div>
        </MantineThemeProvider>
        <div ref={setLists} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** Lists open inside the popover: a press in one that floats elsewhere would count as one outside, and close it. */
function listsIn(target: HTMLElement | null) {
  const inside = target ? { portalProps: { target } } : { withinPortal: false };
  const combobox = { defaultProps: { comboboxProps: inside } };
  return {
    components: {
      Select: combobox,
      MultiSelect: combobox,
      TagsInput: combobox,
      DateInput: { defaultProps: { popoverProps: inside } },
    },
  };
}

function countRules(conditions: unknown): number {
  if (typeof conditions !== 'object' || conditions === null || !('rules' in conditions)) return 0;
  const { rules } = conditions;
  if (!Array.isArray(rules)) return 0;
  return rules.reduce<number>(
    (sum, rule: unknown) =>
      sum + (typeof rule === 'object' && rule !== null && 'rules' in rule ? countRules(rule) : 1),
    0,
  );
}
