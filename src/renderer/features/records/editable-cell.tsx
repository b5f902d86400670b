import { type KeyboardEvent, type ReactNode, useState } from 'react';
import type { Field } from '../../../shared/model/fields/field.ts';
import { describeFailure } from '../../api/errors.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { useCellEditing } from './cell-editing.ts';
import { FieldInput } from './field-input.tsx';
import type { AnyRecord, FieldValue } from './record-api.ts';
import classes from './record-columns.module.css';
import { useFieldText } from './use-field-text.ts';
import { useUpdateRecord } from './use-record-writes.ts';

interface EditableCellProps {
  readonly field: Field;
  readonly record: AnyRecord;
  readonly children: ReactNode;
}

/** A cell that a double click or E turns into its editor; Tab saves and goes on, Enter saves, Esc reverts. */
export function EditableCell({ field, record, children }: EditableCellProps) {
  const table = useCellEditing();
  if (!table || !field.editable) return children;
  const { editing, setEditing } = table;
  if (editing?.id === record.id && editing.field === field.name) {
    return <CellEditor field={field} record={record} />;
  }
  return (
    <span
      className={classes.cell}
      data-cell={field.name}
      onDoubleClick={(event) => {
        event.stopPropagation();
        setEditing({ id: record.id, field: field.name });
      }}
    >
      {children}
    </span>
  );
}

function CellEditor({ field, record }: { field: Field; record: AnyRecord }) {
  const table = useCellEditing();
  const fieldText = useFieldText();
  const failureText = useFailureText();
  const update = useUpdateRecord(table?.object ?? 'contact');
  const [value, setValue] = useState<FieldValue>(record[field.name] ?? null);
  const [error, setError] = useState<string | null>(null);
  if (!table) return null;
  const { object, editable, setEditing } = table;

  /** @returns where the keyboard goes on when it is saved; a value that is refused stays to be mended */
  function save(next: FieldValue, then: string | null): void {
    const trimmed = typeof next === 'string' ? next.trim() : next;
    const cleaned = trimmed === '' && field.presence === 'optional' ? null : trimmed;
    const goOn = () => setEditing(then === null ? null : { id: record.id, field: then });
    if (JSON.stringify(cleaned) === JSON.stringify(record[field.name] ?? null)) {
      goOn();
      return;
    }
    update.mutate(
      { id: record.id, patch: { [field.name]: cleaned } },
      {
        onSuccess: goOn,
        onError: (failure) => {
          const described = describeFailure(failure);
          setError(
            described.field ? fieldText.failure(object, field, described) : failureText(failure),
          );
        },
      },
    );
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    event.stopPropagation();
    if (event.key === 'Escape') {
      event.preventDefault();
      setEditing(null);
    } else if (event.key === 'Tab') {
      event.preventDefault();
      const at = editable.indexOf(field.name) + (event.shiftKey ? -1 : 1);
      save(value, editable[at] ?? null);
    } else if (event.key === 'Enter' && !event.defaultPrevented) {
      const isPicked = ['choice', 'stage', 'pipeline', 'link', 'currency', 'tags'].includes(
        field.type,
      );
      if (isPicked) return;
      event.preventDefault();
      save(value, null);
    }
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events -- a click in the editor opens no row
    <span className={classes.editor} onClick={(event) => event.stopPropagation()}>
      <FieldInput
        field={field}
        value={value}
        onChange={(next) => {
          setError(null);
          setValue(next);
        }}
        onPicked={(next) => {
          if (field.type !== 'tags') save(next, null);
        }}
        ariaLabel={fieldText.label(object, field)}
        error={error}
        autoFocus
        onBlur={() => {
          if (error === null && !update.isPending) save(value, null);
        }}
        onKeyDown={onKeyDown}
      />
    </span>
  );
}
