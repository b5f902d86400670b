import { customFields } from '../records/known-custom-fields.ts';
import { Button, Modal, Radio, SegmentedControl, Select, TagsInput, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkChange, BulkInput } from '../../../shared/contract/bulk.ts';
import { editableFieldsOf, findField } from '../../../shared/model/fields/registry.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { FieldInput } from '../records/field-input.tsx';
import type { FieldValue } from '../records/record-api.ts';
import { useFieldText } from '../records/use-field-text.ts';
import classes from './bulk.module.css';

export type BulkKind = 'edit' | 'tag' | 'delete';

interface BulkDialogProps {
  readonly object: ObjectName;
  readonly kind: BulkKind;
  readonly count: number;
  readonly onApply: (change: BulkChange, runWorkflows: BulkInput['run_workflows']) => void;
  readonly onClose: () => void;
}

/** Asks what to change in many records at once, and whether workflows answer it. */
export function BulkDialog({ object, kind, count, onApply, onClose }: BulkDialogProps) {
  const { t } = useTranslation(['views', 'common']);
  const [change, setChange] = useState<BulkChange | null>(
    kind === 'delete' ? { kind: 'delete' } : null,
  );
  const [workflows, setWorkflows] = useState<BulkInput['run_workflows']>('none');

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (change) onApply(change, workflows);
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`views:bulk.${kind}_title`, { count })}
      size={440}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit} className={classes.form}>
        {kind === 'edit' && <FieldChange object={object} onChange={setChange} />}
        {kind === 'tag' && <TagChange onChange={setChange} />}
        {kind === 'delete' && <Text c="dimmed">{t('views:bulk.delete_text')}</Text>}
        <Radio.Group
          label={t('views:bulk.workflows')}
          value={workflows}
          onChange={(value) => setWorkflows(value === 'all' ? 'all' : 'none')}
        >
          <div className={classes.radios}>
            <Radio size="xs" value="none" label={t('views:bulk.workflows_none')} />
            <Radio size="xs" value="all" label={t('views:bulk.workflows_all')} />
          </div>
        </Radio.Group>
        <div className={classes.buttons}>
          <Button variant="subtle" color="gray" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            type="submit"
            {...(kind === 'delete' ? { color: 'red', 'data-autofocus': true } : {})}
            disabled={change === null}
          >
            {t(kind === 'delete' ? 'views:bulk.delete_title' : 'views:bulk.apply', { count })}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

interface ChangeProps {
  readonly onChange: (change: BulkChange | null) => void;
}

function FieldChange({ object, onChange }: ChangeProps & { readonly object: ObjectName }) {
  const { t } = useTranslation('views');
  const fieldText = useFieldText();
  const [name, setName] = useState<string | null>(null);
  const [value, setValue] = useState<FieldValue>(null);
  const fields = editableFieldsOf(object, customFields()).filter((field) => field.type !== 'tags');
  const field = name === null ? undefined : findField(object, name, customFields());

  function put(next: FieldValue): void {
    setValue(next);
    const isMissing = (next === null || next === '') && field?.presence !== 'optional';
    onChange(
      name === null || isMissing
        ? null
        : { kind: 'set', fields: { [name]: next === '' ? null : next } },
    );
  }

  return (
    <>
      <Select
        label={t('bulk.field')}
        data={fields.map((one) => ({ value: one.name, label: fieldText.label(object, one) }))}
        value={name}
        allowDeselect={false}
        searchable
        data-autofocus
        onChange={(next) => {
          setName(next);
          setValue(null);
          const chosen = next === null ? undefined : findField(object, next, customFields());
          // Emptying a field is a change as well, where it may be empty.
          onChange(
            next !== null && chosen?.presence === 'optional'
              ? { kind: 'set', fields: { [next]: null } }
              : null,
          );
        }}
      />
      {field && (
        <FieldInput
          key={field.name}
          field={field}
          value={value}
          onChange={put}
          label={t('bulk.value')}
        />
      )}
    </>
  );
}

function TagChange({ onChange }: ChangeProps) {
  const { t } = useTranslation(['views', 'records']);
  const [kind, setKind] = useState<'add_tags' | 'remove_tags'>('add_tags');
  const [tags, setTags] = useState<string[]>([]);

  function put(nextKind: typeof kind, next: string[]): void {
    setKind(nextKind);
    setTags(next);
    onChange(next.length === 0 ? null : { kind: nextKind, tags: next });
  }

  return (
    <>
      <SegmentedControl
        size="xs"
        value={kind}
        onChange={(next) => put(next === 'remove_tags' ? 'remove_tags' : 'add_tags', tags)}
        data={[
          { value: 'add_tags', label: t('views:bulk.add') },
          { value: 'remove_tags', label: t('views:bulk.remove') },
        ]}
        aria-label={t('views:bulk.tag')}
      />
      <TagsInput
        label={t('views:bulk.tags')}
        placeholder={tags.length === 0 ? t('records:add_tag') : ''}
        value={tags}
        onChange={(next) => put(kind, next)}
        acceptValueOnBlur
        data-autofocus
      />
    </>
  );
}
