import { Badge, Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DuplicateGroup, MergeableObject } from '../../../shared/contract/duplicates.ts';
import { findField } from '../../../shared/model/fields/registry.ts';
import { FieldDisplay } from '../records/field-value.tsx';
import { recordRoutes } from '../records/record-api.ts';
import { titleOf } from '../records/record-layout.ts';
import classes from './duplicates.module.css';
import { toRecord } from './group-record.ts';

interface GroupCardProps {
  readonly object: MergeableObject;
  readonly group: DuplicateGroup;
  readonly onMerge: () => void;
  readonly onDismiss: (ids: string[]) => void;
}

/** What tells records of a kind apart at a glance. */
const shownFields: Readonly<Record<MergeableObject, readonly string[]>> = {
  contact: ['email', 'phone', 'company_id'],
  company: ['domain', 'phone', 'address'],
};

/** Records that may be one, with what speaks for it. */
export function GroupCard({ object, group, onMerge, onDismiss }: GroupCardProps) {
  const { t } = useTranslation('duplicates');
  const records = group.records.map(toRecord);
  const name = records[0] ? titleOf(object, records[0]) : '';
  const fields = shownFields[object].flatMap((one) => findField(object, one) ?? []);
  return (
    <section className={classes.card} aria-label={name}>
      <header className={classes.cardHead}>
        {group.reasons.map((reason) => (
          <Badge key={reason} variant="light" size="sm" tt="none">
            {t('same', { what: t(`reasons.${reason}` as never) })}
          </Badge>
        ))}
        <span className={classes.space} />
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          aria-label={t('different_named', { name })}
          onClick={() => onDismiss(records.map(({ id }) => id))}
        >
          {t('different')}
        </Button>
        <Button
          variant="default"
          size="compact-sm"
          aria-label={t('merge_named', { name })}
          onClick={onMerge}
        >
          {t('merge')}
        </Button>
      </header>
      <table className={classes.rows}>
        <tbody>
          {records.map((record, at) => (
            <tr key={record.id}>
              <th scope="row">
                <Link to={recordRoutes[object]} params={{ recordId: record.id }}>
                  {titleOf(object, record)}
                </Link>
              </th>
              {fields.map((field) => (
                <td key={field.name}>
                  <FieldDisplay field={field} record={record} />
                </td>
              ))}
              <td className={classes.links}>
                {t('links', { count: group.records[at]?.links ?? 0 })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
