import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  type ColumnPlan,
  fullNameTarget,
  type ImportAnalysis,
  type ImportPlan,
  noteTarget,
} from '../../../shared/contract/imports.ts';
import { editableFieldsOf, findField } from '../../../shared/model/fields/registry.ts';
import { useCustomFields } from '../records/custom-fields.ts';
import { useFieldText } from '../records/use-field-text.ts';
import { ColumnFormat } from './column-format.tsx';
import classes from './import.module.css';
import { importDraft } from './import-store.ts';

interface MappingTableProps {
  readonly analysis: ImportAnalysis;
  readonly plan: ImportPlan;
}

const leftOut = '-';

/** Each column of the file, what is in it, and where it goes. */
export function MappingTable({ analysis, plan }: MappingTableProps) {
  const { t } = useTranslation('imports');
  const fieldText = useFieldText();
  const custom = useCustomFields();
  const targets = [
    { value: leftOut, label: t('left_out') },
    ...(plan.object === 'contact' ? [{ value: fullNameTarget, label: t('full_name') }] : []),
    ...editableFieldsOf(plan.object, custom)
      .filter((field) => field.links_to !== 'user')
      .map((field) => ({ value: field.name, label: fieldText.label(plan.object, field) })),
    { value: noteTarget, label: t('note') },
  ];

  function put(at: number, change: Partial<ColumnPlan>): void {
    importDraft.change({
      columns: plan.columns.map((column, index) =>
        index === at ? { ...column, ...change } : column,
      ),
    });
  }

  return (
    <table className={classes.mapping}>
      <thead>
        <tr>
          <th scope="col">{t('column')}</th>
          <th scope="col">{t('samples')}</th>
          <th scope="col">{t('goes_to')}</th>
          <th scope="col">{t('read_as')}</th>
        </tr>
      </thead>
      <tbody>
        {analysis.columns.map((column, at) => {
          const own = plan.columns[at] ?? { target: null };
          const field =
            own.target === null ? undefined : findField(plan.object, own.target, custom);
          return (
            <tr key={column.name} data-out={own.target === null || undefined}>
              <th scope="row">{column.name}</th>
              <td className={classes.samples} title={column.samples.join('\n')}>
                {column.samples.join(' · ')}
              </td>
              <td>
                <Select
                  size="xs"
                  aria-label={t('target_of', { column: column.name })}
                  data={targets}
                  value={own.target ?? leftOut}
                  allowDeselect={false}
                  searchable
                  onChange={(value) => put(at, { target: value === leftOut ? null : value })}
                />
              </td>
              <td>
                {field && (
                  <ColumnFormat
                    field={field}
                    column={column}
                    plan={own}
                    onChange={(change) => put(at, change)}
                  />
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
