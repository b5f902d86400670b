import { Badge, Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ImportPlan, ImportPreviewRow } from '../../../shared/contract/imports.ts';
import type { Field } from '../../../shared/model/fields/field.ts';
import { editableFieldsOf } from '../../../shared/model/fields/registry.ts';
import { api } from '../../api/query.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { useCustomFields } from '../records/custom-fields.ts';
import { FieldDisplay } from '../records/field-value.tsx';
import { useFieldText } from '../records/use-field-text.ts';
import classes from './import.module.css';

const tones = { create: 'green', update: 'blue', skip: 'gray', refuse: 'red' } as const;

/** The first rows as they will be. */
export function PreviewTable({ id, plan }: { readonly id: string; readonly plan: ImportPlan }) {
  const { t } = useTranslation('imports');
  const fieldText = useFieldText();
  const failureText = useFailureText();
  const custom = useCustomFields();
  const [settled] = useDebouncedValue(plan, 200);
  const preview = useQuery(
    api.imports.preview.queryOptions({
      input: { id, plan: settled },
      placeholderData: keepPreviousData,
    }),
  );
  if (preview.error) {
    return (
      <p className={classes.fault} role="alert">
        {failureText(preview.error)}
      </p>
    );
  }
  if (!preview.data) return <Skeleton height={180} aria-busy="true" />;
  const { rows } = preview.data;
  const fields = editableFieldsOf(plan.object, custom).filter(
    (field) => field.links_to !== 'user' && rows.some((row) => !isEmpty(row.values[field.name])),
  );
  const hasNotes = rows.some((row) => row.note !== null);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <section className={classes.previewScroll} tabIndex={0} aria-label={t('preview')}>
      <table className={classes.preview}>
        <thead>
          <tr>
            <th scope="col">{t('line')}</th>
            <th scope="col">{t('what')}</th>
            {fields.map((field) => (
              <th key={field.name} scope="col">
                {fieldText.label(plan.object, field)}
              </th>
            ))}
            {hasNotes && <th scope="col">{t('note')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.line}>
              <td className={classes.lineNumber}>{row.line}</td>
              <td>
                <Badge variant="light" color={tones[row.action]} size="sm" tt="none">
                  {t(`actions.${row.action}`)}
                </Badge>
              </td>
              {row.action === 'refuse' ? (
                <td colSpan={fields.length + (hasNotes ? 1 : 0)} className={classes.reason}>
                  {row.reason}
                </td>
              ) : (
                <>
                  {fields.map((field) => (
                    <td key={field.name}>
                      <PreviewValue field={field} row={row} />
                      {row.makes.includes(field.name) && (
                        <span className={classes.isNew}> {t('is_new')}</span>
                      )}
                    </td>
                  ))}
                  {hasNotes && <td title={row.note ?? ''}>{row.note}</td>}
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function isEmpty(value: ImportPreviewRow['values'][string] | undefined): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (Array.isArray(value) && value.length === 0)
  );
}

/** As lists show it; of a link the words of the row, for what it points at may not be there yet. */
function PreviewValue({ field, row }: { readonly field: Field; readonly row: ImportPreviewRow }) {
  const value = row.values[field.name];
  if (field.type === 'link') return typeof value === 'string' ? value : null;
  const record = { ...row.values, id: '', created_at: '', updated_at: '' };
  return <FieldDisplay field={field} record={record} />;
}
