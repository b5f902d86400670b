import { Tooltip, VisuallyHidden } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../../shared/model/fields/field.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { describeFailure } from '../../api/errors.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { FieldInput } from './field-input.tsx';
import { FieldDisplay } from './field-value.tsx';
import classes from './inline-field.module.css';
import type { AnyRecord, FieldValue } from './record-api.ts';
import { useFieldText } from './use-field-text.ts';
import { useUpdateRecord } from './use-record-writes.ts';

interface InlineFieldProps {
  readonly object: ObjectName;
  readonly record: AnyRecord;
  readonly field: Field;
  /** `title`: a record's name in its header, without a label. */
  readonly variant?: 'row' | 'title';
}

/** An emptied optional text is no text. */
function cleaned(field: Field, value: FieldValue): FieldValue {
  const trimmed = typeof value === 'string' ? value.trim() : value;
  return trimmed === '' && field.presence === 'optional' ? null : trimmed;
}

/**
 * A value that turns into its editor: click or Enter edits, Tab saves and goes on, Enter saves, Esc
 * reverts. What could not be saved stays as it was typed, with the reason under it.
 */
export function InlineField({ object, record, field, variant = 'row' }: InlineFieldProps) {
  const { t } = useTranslation('records');
  const fieldText = useFieldText();
  const failureText = useFailureText();
  const update = useUpdateRecord(object);
  const button = useRef<HTMLButtonElement>(null);
  const [draft, setDraft] = useState<{ value: FieldValue } | null>(null);
  const [error, setError] = useState<string | null>(null);
  const label = fieldText.label(object, field);

  function open(): void {
    setError(null);
    setDraft({ value: record[field.name] ?? null });
  }

  function close(): void {
    setDraft(null);
    setError(null);
  }

  /** Back to the row with the keyboard still on it. */
  function closeAndFocus(): void {
    close();
    window.requestAnimationFrame(() => button.current?.focus());
  }

  function save(value: FieldValue, refocus: boolean): void {
    const next = cleaned(field, value);
    if (refocus) closeAndFocus();
    else close();
    store(value, next);
  }

  function store(value: FieldValue, next: FieldValue): void {
    if (sameValue(next, record[field.name] ?? null)) return;
    update.mutate(
      { id: record.id, patch: { [field.name]: next } },
      {
        onError: (failure) => {
          const described = describeFailure(failure);
          setDraft({ value });
          setError(
            described.field ? fieldText.failure(object, field, described) : failureText(failure),
          );
        },
      },
    );
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (!draft) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      closeAndFocus();
    } else if (
      event.key === 'Enter' &&
      (field.type !== 'long_text' || event.metaKey || event.ctrlKey)
    ) {
      // In an open list Enter picks; the pick saves. In a field of tags it adds the one that was typed.
      if (event.defaultPrevented || isList(field)) return;
      if (event.target instanceof HTMLInputElement && field.type === 'tags') {
        if (event.target.value.trim() !== '') return;
      }
      event.preventDefault();
      save(draft.value, true);
    }
  }

  return (
    <div className={variant === 'title' ? classes.title : classes.row} data-field-row={field.name}>
      {variant === 'row' && (
        <span className={classes.label} aria-hidden>
          {label}
        </span>
      )}
      {draft ? (
        <div className={classes.editor}>
          <FieldInput
            field={field}
            value={draft.value}
            // Leaving a field of tags adds the one that was typed, after the editor has closed.
            onChange={(value) => setDraft((current) => current && { value })}
            onPicked={(value) => {
              // Tags are added one after the other; each is saved at once.
              if (isMany(field)) store(value, value);
              else save(value, true);
            }}
            ariaLabel={label}
            error={error}
            autoFocus
            onBlur={() => {
              // Lists save when something is picked; leaving one without is leaving it as it was.
              if (isList(field) || isMany(field)) close();
              else if (error === null) save(draft.value, false);
            }}
            onKeyDown={onKeyDown}
          />
        </div>
      ) : (
        <Tooltip label={t('field_hint')} openDelay={1_200} position="left">
          <button ref={button} type="button" className={classes.value} onClick={open}>
            <VisuallyHidden>{label}</VisuallyHidden>
            {isEmpty(record[field.name]) ? (
              <span className={classes.empty}>{t('empty_value')}</span>
            ) : (
              <FieldDisplay field={field} record={record} />
            )}
          </button>
        </Tooltip>
      )}
    </div>
  );
}

/** A list is a new one each time it is edited. */
function sameValue(one: FieldValue, other: FieldValue): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function isEmpty(value: FieldValue | undefined): boolean {
  return (
    value === null ||
    value === undefined ||
    value === '' ||
    (Array.isArray(value) && value.length === 0)
  );
}

function isList(field: Field): boolean {
  return ['choice', 'stage', 'pipeline', 'link', 'currency', 'boolean'].includes(field.type);
}

/** Many values in one: each is saved as it is picked, and the editor stays. */
function isMany(field: Field): boolean {
  return field.type === 'tags' || field.type === 'multi_choice';
}
