import { ActionIcon, Combobox, type ComboboxStore, ScrollArea, Tooltip } from '@mantine/core';
import { Braces } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContextPath } from '../../../../shared/workflow/template-context.ts';
import classes from './editor.module.css';
import { sampleValue, useSample } from './sample.tsx';

interface VariablePickerProps {
  readonly store: ComboboxStore;
  readonly variables: readonly ContextPath[];
  readonly onPick: (path: string) => void;
}

interface VariableGroup {
  readonly key: string;
  readonly label: string;
  readonly frozen: boolean;
  readonly paths: ContextPath[];
}

/** Frozen and live values never share a heading, so that the heading can say which they are. */
function grouped(variables: readonly ContextPath[], general: string): VariableGroup[] {
  const groups = new Map<string, VariableGroup>();
  for (const path of variables) {
    const key = `${path.group} ${path.frozen}`;
    const group = groups.get(key) ?? {
      key,
      label: path.group === '' ? general : path.group,
      frozen: path.frozen,
      paths: [],
    };
    group.paths.push(path);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Every word typed must occur in the label, the heading or the path. */
function matches(path: ContextPath, search: string): boolean {
  const text = `${path.group} ${path.label} ${path.path}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

export function VariablePicker({ store, variables, onPick }: VariablePickerProps) {
  const { t } = useTranslation('workflows');
  const [search, setSearch] = useState('');
  const sample = useSample();
  const groups = useMemo(() => {
    // `trigger.…` repeats the flat keys; offering each name once is enough to choose from.
    const offered = variables.filter((path) => !path.path.startsWith('trigger.'));
    return grouped(
      offered.filter((path) => matches(path, search)),
      t('variables.general'),
    );
  }, [variables, search, t]);

  return (
    <Combobox
      store={store}
      width={340}
      position="bottom-end"
      onOptionSubmit={(path) => {
        store.closeDropdown();
        setSearch('');
        onPick(path);
      }}
    >
      <Combobox.Target withAriaAttributes={false}>
        <Tooltip label={t('variables.insert')}>
          <ActionIcon
            size={22}
            aria-label={t('variables.insert')}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => store.toggleDropdown()}
          >
            <Braces size={14} />
          </ActionIcon>
        </Tooltip>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            store.resetSelectedOption();
          }}
          placeholder={t('variables.search')}
          aria-label={t('variables.search')}
        />
        <Combobox.Options>
          <ScrollArea.Autosize mah={300} type="scroll">
            {groups.length === 0 && <Combobox.Empty>{t('variables.none')}</Combobox.Empty>}
            {groups.map((group) => (
              <Combobox.Group
                key={group.key}
                label={
                  <span className={classes.variableGroup}>
                    <span>{group.label}</span>
                    <span
                      className={classes.variableKind}
                      title={t(group.frozen ? 'variables.frozen_help' : 'variables.live_help')}
                    >
                      {t(group.frozen ? 'variables.frozen' : 'variables.live')}
                    </span>
                  </span>
                }
              >
                {group.paths.map((path) => (
                  <Combobox.Option key={path.path} value={path.path}>
                    <span className={classes.variable}>
                      <span>{path.label}</span>
                      <code>{path.path}</code>
                    </span>
                    <PresentValue sample={sample} path={path.path} />
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            ))}
          </ScrollArea.Autosize>
        </Combobox.Options>
        <Combobox.Footer>
          <span className={classes.filters}>
            {t('variables.filters')}
            {filterExamples.map((example) => (
              <code key={example}>{example}</code>
            ))}
          </span>
        </Combobox.Footer>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** A template is the same in every language. */
const filterExamples = [
  '{{deal.title | upcase}}',
  '{{contact.first_name | default: "there"}}',
  '{{now | date: "%d.%m.%Y"}}',
];

function PresentValue({
  sample,
  path,
}: {
  readonly sample: ReturnType<typeof useSample>;
  readonly path: string;
}) {
  const value = sampleValue(sample, path);
  return value === '' ? null : <span className={classes.presentValue}>{value}</span>;
}
