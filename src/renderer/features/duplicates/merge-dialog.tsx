import { Button, Modal, Radio } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DuplicateGroup, MergeableObject } from '../../../shared/contract/duplicates.ts';
import type { Field } from '../../../shared/model/fields/field.ts';
import { editableFieldsOf } from '../../../shared/model/fields/registry.ts';
import { api } from '../../api/query.ts';
import { formatDay } from '../../ui/format.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { useCustomFields } from '../records/custom-fields.ts';
import { tagsOf } from '../records/field-input.tsx';
import { FieldDisplay } from '../records/field-value.tsx';
import type { AnyRecord, FieldValue } from '../records/record-api.ts';
import { titleOf } from '../records/record-layout.ts';
import { useFieldText } from '../records/use-field-text.ts';
import classes from './duplicates.module.css';
import { isEmpty, toRecord } from './group-record.ts';

interface MergeDialogProps {
  readonly object: MergeableObject;
  readonly group: DuplicateGroup;
  readonly onClose: () => void;
  readonly onMerged: () => void;
}

/** Side by side, field by field: which record stays, and what it will hold. */
export function MergeDialog({ object, group, onClose, onMerged }: MergeDialogProps) {
  const { t } = useTranslation(['duplicates', 'common']);
  const failureText = useFailureText();
  const fieldText = useFieldText();
  const custom = useCustomFields();
  const records = group.records.map(toRecord);
  // The one on which most hangs is the one people know.
  const most = group.records.reduce((best, one, at) => {
    const bestLinks = group.records[best]?.links ?? 0;
    return one.links > bestLinks ? at : best;
  }, 0);
  const [intoId, setInto] = useState(records[most]?.id ?? '');
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const fields = editableFieldsOf(object, custom).filter(
    (field) => field.links_to !== 'user' && records.some((one) => !isEmpty(one[field.name])),
  );
  const into = records.find(({ id }) => id === intoId);
  const merge = useMutation(
    api.duplicates.merge.mutationOptions({
      onSuccess: () => {
        notifications.show({
          message: t('duplicates:merged', { name: into ? titleOf(object, into) : '' }),
        });
        onMerged();
        onClose();
      },
    }),
  );

  /** The record a field is taken from: as chosen, else the one that stays, else one that has it. */
  function sourceOf({ name }: Field): AnyRecord | undefined {
    const byHand = records.find(({ id }) => id === chosen[name]);
    if (byHand) return byHand;
    return into && !isEmpty(into[name]) ? into : records.find((one) => !isEmpty(one[name]));
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    const taken = fields.map((field): [string, FieldValue] =>
      field.type === 'tags'
        ? [field.name, [...new Set(records.flatMap((one) => tagsOf(one[field.name] ?? null)))]]
        : [field.name, sourceOf(field)?.[field.name] ?? null],
    );
    merge.mutate({
      object,
      into: intoId,
      others: records.map(({ id }) => id).filter((id) => id !== intoId),
      fields: Object.fromEntries(taken),
    });
  }

  return (
    <Modal
      opened
      onClose={merge.isPending ? () => undefined : onClose}
      title={t('duplicates:merge_title', { count: records.length })}
      size={Math.min(1_100, 260 + records.length * 240)}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit} className={classes.form}>
        <p className={classes.hint}>{t('duplicates:merge_text')}</p>
        <div className={classes.scroll}>
          <table className={classes.merge}>
            <thead>
              <tr>
                <th scope="col">{t('duplicates:field')}</th>
                {records.map((record) => (
                  <th key={record.id} scope="col" data-stays={record.id === intoId || undefined}>
                    <Radio
                      size="xs"
                      name="into"
                      checked={record.id === intoId}
                      onChange={() => setInto(record.id)}
                      label={t('duplicates:stays')}
                      aria-label={t('duplicates:stays_named', { name: titleOf(object, record) })}
                      description={t('duplicates:created', { when: formatDay(record.created_at) })}
                    />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {fields.map((field) => (
                <tr key={field.name}>
                  <th scope="row">{fieldText.label(object, field)}</th>
                  {records.map((record) => (
                    <td key={record.id}>
                      <Choice
                        field={field}
                        record={record}
                        label={t('duplicates:value_of', {
                          field: fieldText.label(object, field),
                          name: String(record[field.name] ?? ''),
                        })}
                        isChosen={field.type === 'tags' || sourceOf(field) === record}
                        onChoose={() => setChosen({ ...chosen, [field.name]: record.id })}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {merge.error && (
          <p className={classes.fault} role="alert">
            {failureText(merge.error)}
          </p>
        )}
        <div className={classes.buttons}>
          <Button variant="subtle" color="gray" onClick={onClose} disabled={merge.isPending}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={merge.isPending}>
            {t('duplicates:merge_do')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

interface ChoiceProps {
  readonly field: Field;
  readonly record: AnyRecord;
  readonly label: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

/** One value that may be taken over. Tags of all records are: nobody has to choose between them. */
function Choice({ field, record, label, isChosen, onChoose }: ChoiceProps) {
  if (isEmpty(record[field.name])) return null;
  const shown = <FieldDisplay field={field} record={record} />;
  if (field.type === 'tags') return <span className={classes.value}>{shown}</span>;
  return (
    <Radio
      size="xs"
      name={field.name}
      checked={isChosen}
      onChange={onChoose}
      aria-label={label}
      label={<span className={classes.value}>{shown}</span>}
    />
  );
}
