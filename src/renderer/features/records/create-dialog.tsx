import { Button, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../../shared/model/fields/field.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { describeFailure } from '../../api/errors.ts';
import { api } from '../../api/query.ts';
import { type CreateOverlay, useWindowStore } from '../../app/window-store.ts';
import { isMac } from '../../commands/keyboard.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import classes from './create-dialog.module.css';
import { useShownPipeline } from '../deals/use-pipelines.ts';
import { FieldInput } from './field-input.tsx';
import type { FieldValue } from './record-api.ts';
import { formFields, isWide, titleOf } from './record-layout.ts';
import { useFieldText } from './use-field-text.ts';
import { useCreateRecord } from './use-record-writes.ts';

type Values = Readonly<Record<string, FieldValue>>;

/** What the form starts with, so that Enter alone makes a sensible record. */
function useDefaults(object: ObjectName): Values {
  const settings = useQuery(api.settings.get.queryOptions()).data;
  const { shown, pipelines } = useShownPipeline();
  if (object === 'task') return { type: 'task' };
  if (object === 'deal') {
    return {
      currency: settings?.currency ?? null,
      stage: (shown ?? pipelines[0])?.stages[0]?.slug ?? null,
    };
  }
  return {};
}

/** Left out when empty, so that the application fills in its defaults. */
function filled(values: Values): Values {
  const entries = Object.entries(values).map(
    ([name, value]) => [name, typeof value === 'string' ? value.trim() : value] as const,
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== '' && value !== null));
}

export function CreateDialog({ object, values: given }: CreateOverlay) {
  const { t } = useTranslation(['records', 'common']);
  const close = useWindowStore((state) => state.closeOverlay);
  const fieldText = useFieldText();
  const failureText = useFailureText();
  const defaults = useDefaults(object);
  const [typed, setTyped] = useState<Values>(given);
  const [failure, setFailure] = useState<{ field: string | null; message: string } | null>(null);
  const create = useCreateRecord(object);
  const form = useRef<HTMLFormElement>(null);
  const fields = formFields(object);
  const values = { ...defaults, ...typed };

  function focusField(name: string): void {
    form.current?.querySelector<HTMLElement>(`[name="${name}"], [data-field="${name}"]`)?.focus();
  }

  function fail(field: Field | undefined, message: string): void {
    setFailure({ field: field?.name ?? null, message });
    if (field) focusField(field.name);
  }

  function submit(event?: FormEvent): void {
    event?.preventDefault();
    // Nothing is sent twice by a second Enter.
    if (create.isPending) return;
    setFailure(null);
    create.mutate(filled(values), {
      onSuccess: (record) => {
        close();
        notifications.show({
          title: t(`records:${object}.created`),
          message: titleOf(object, record),
        });
      },
      onError: (error) => {
        const described = describeFailure(error);
        const field = fields.find(({ name }) => name === described.field);
        fail(field, field ? fieldText.failure(object, field, described) : failureText(error));
      },
    });
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (isMac ? event.metaKey : event.ctrlKey)) submit(event);
  }

  return (
    <Modal
      opened
      onClose={close}
      title={t(`records:${object}.new`)}
      size={520}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form ref={form} onSubmit={submit} noValidate data-testid="create-form">
        <div className={classes.fields}>
          {fields.map((field, index) => (
            <div key={field.name} className={isWide(object, field) ? classes.wide : undefined}>
              <FieldInput
                field={field}
                value={values[field.name] ?? null}
                onChange={(value) => {
                  setTyped({ ...typed, [field.name]: value });
                  if (failure?.field === field.name) setFailure(null);
                }}
                label={fieldText.label(object, field)}
                error={failure?.field === field.name ? failure.message : null}
                autoFocus={index === 0}
                onKeyDown={onKeyDown}
              />
            </div>
          ))}
        </div>
        {failure && failure.field === null && (
          <p className={classes.failure} role="alert">
            {failure.message}
          </p>
        )}
        <div className={classes.footer}>
          <Button variant="subtle" color="gray" onClick={close}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t(`records:${object}.create`)}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
