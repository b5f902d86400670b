import { customFields } from '../records/known-custom-fields.ts';
import { ActionIcon, Button, Checkbox, Popover, Select } from '@mantine/core';
import { ArrowDown, ArrowDownUp, ArrowUp, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldsOf } from '../../../shared/model/fields/registry.ts';
import { useFieldText } from '../records/use-field-text.ts';
import type { ShownView } from './use-view.ts';
import { boardFields, columnFields, isGroupable, isSortable, shownColumns } from './view-state.ts';
import classes from './views.module.css';

/** How a view is ordered and grouped, and which columns it has. */
export function DisplayPopover({ view }: { view: ShownView }) {
  const { t } = useTranslation('views');
  const [opened, setOpened] = useState(false);
  const { object, state, change } = view;
  const isBoard = state.layout === 'board';
  const isTable = state.layout === 'table';

  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={300}
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          className={classes.tool ?? ''}
          leftSection={<SlidersHorizontal size={14} aria-hidden />}
          onClick={() => setOpened(!opened)}
          aria-expanded={opened}
        >
          {t('display')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown
        className={classes.display ?? ''}
        aria-label={t('display')}
        // The list behind it has keys of its own.
        onKeyDown={(event) => event.stopPropagation()}
      >
        <SortChoice view={view} />
        <GroupChoice
          label={t('group_by')}
          fields={
            isBoard ? boardFields(object) : fieldsOf(object, customFields()).filter(isGroupable)
          }
          object={object}
          value={state.group_by}
          onChange={(group_by) => change({ group_by })}
        />
        {isTable && <ColumnChoice view={view} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function SortChoice({ view: { object, state, change } }: { view: ShownView }) {
  const { t } = useTranslation('views');
  const fieldText = useFieldText();
  const { sort } = state;
  const direction = t(sort?.direction === 'desc' ? 'descending' : 'ascending');
  return (
    <div className={classes.sort} data-sorted={sort !== null || undefined}>
      <Select
        label={t('sort_by')}
        placeholder={t('newest_first')}
        clearable
        comboboxProps={{ withinPortal: false }}
        data={fieldsOf(object, customFields())
          .filter(isSortable)
          .map((field) => ({ value: field.name, label: fieldText.label(object, field) }))}
        value={sort?.field ?? null}
        onChange={(field) =>
          change({ sort: field === null ? null : { field, direction: sort?.direction ?? 'asc' } })
        }
      />
      {sort && (
        <Button
          variant="default"
          leftSection={<ArrowDownUp size={14} aria-hidden />}
          onClick={() =>
            change({ sort: { ...sort, direction: sort.direction === 'asc' ? 'desc' : 'asc' } })
          }
        >
          {direction}
        </Button>
      )}
    </div>
  );
}

interface GroupChoiceProps {
  readonly label: string;
  readonly fields: ReturnType<typeof boardFields>;
  readonly object: ShownView['object'];
  readonly value: string | null;
  readonly onChange: (field: string | null) => void;
}

function GroupChoice({ label, fields, object, value, onChange }: GroupChoiceProps) {
  const { t } = useTranslation('views');
  const fieldText = useFieldText();
  return (
    <Select
      label={label}
      placeholder={t('no_group')}
      clearable
      comboboxProps={{ withinPortal: false }}
      data={fields.map((field) => ({ value: field.name, label: fieldText.label(object, field) }))}
      value={value}
      onChange={onChange}
    />
  );
}

/** A tick for each column, the shown ones first and movable. */
function ColumnChoice({ view: { object, state, change } }: { view: ShownView }) {
  const { t } = useTranslation('views');
  const fieldText = useFieldText();
  const shown = shownColumns(object, state.columns);
  const hidden = columnFields(object).filter(
    (field) => !shown.some((column) => column.field.name === field.name),
  );
  const stored = shown.map(({ field, width }) => ({
    field: field.name,
    ...(width === undefined ? {} : { width }),
  }));

  function move(from: number, to: number): void {
    const column = stored[from];
    if (column) change({ columns: stored.toSpliced(from, 1).toSpliced(to, 0, column) });
  }

  return (
    <fieldset className={classes.columns}>
      <legend className={classes.legend}>{t('columns')}</legend>
      {shown.map(({ field }, index) => {
        const label = fieldText.label(object, field);
        return (
          <div key={field.name} className={classes.column}>
            <Checkbox
              size="xs"
              label={label}
              checked
              disabled={shown.length === 1}
              onChange={() => change({ columns: stored.toSpliced(index, 1) })}
            />
            <ActionIcon
              size={20}
              aria-label={t('move_up', { column: label })}
              disabled={index === 0}
              onClick={() => move(index, index - 1)}
            >
              <ArrowUp size={12} aria-hidden />
            </ActionIcon>
            <ActionIcon
              size={20}
              aria-label={t('move_down', { column: label })}
              disabled={index === shown.length - 1}
              onClick={() => move(index, index + 1)}
            >
              <ArrowDown size={12} aria-hidden />
            </ActionIcon>
          </div>
        );
      })}
      {hidden.map((field) => (
        <div key={field.name} className={classes.column}>
          <Checkbox
            size="xs"
            label={fieldText.label(object, field)}
            checked={false}
            onChange={() => change({ columns: [...stored, { field: field.name }] })}
          />
        </div>
      ))}
    </fieldset>
  );
}
