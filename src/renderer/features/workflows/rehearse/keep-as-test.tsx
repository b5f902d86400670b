import { Button, Group, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordReference } from '../../../../shared/model/objects.ts';
import { api, queryClient } from '../../../api/query.ts';
import { useFailureText } from '../../../ui/use-failure-text.ts';
import { definitionOf, type WorkflowDraft } from '../model/workflow-draft.ts';
import classes from './rehearse.module.css';

interface KeepAsTestProps {
  readonly workflowId: string;
  readonly draft: WorkflowDraft;
  readonly record: RecordReference;
  readonly startAnyway: boolean;
  /** Of the record, which names the test unless another name is given. */
  readonly name: string;
}

/** Keeps the rehearsal of a record as a test of the workflow. */
export function KeepAsTest({ workflowId, draft, record, startAnyway, name }: KeepAsTestProps) {
  const { t } = useTranslation('workflows');
  const failureText = useFailureText();
  const [chosen, setChosen] = useState<string | null>(null);
  const keep = useMutation(
    api.workflow_tests.keep.mutationOptions({
      onSuccess: () => {
        setChosen(null);
        void queryClient.invalidateQueries({ queryKey: api.workflow_tests.key() });
        notifications.show({ message: t('rehearse.tests.kept') });
      },
    }),
  );
  if (chosen === null) {
    return (
      <div className={classes.keep}>
        <Button variant="default" onClick={() => setChosen(name)}>
          {t('rehearse.tests.keep')}
        </Button>
      </div>
    );
  }
  return (
    <form
      className={classes.keep}
      onSubmit={(event) => {
        event.preventDefault();
        keep.mutate({
          id: workflowId,
          name: chosen,
          record,
          start_anyway: startAnyway,
          draft: definitionOf(draft),
        });
      }}
    >
      <Group gap={8} align="flex-end">
        <TextInput
          autoFocus
          label={t('rehearse.tests.name')}
          value={chosen}
          error={keep.error === null ? undefined : failureText(keep.error)}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
        <Button type="submit" loading={keep.isPending} disabled={chosen.trim() === ''}>
          {t('rehearse.tests.save')}
        </Button>
        <Button variant="default" onClick={() => setChosen(null)}>
          {t('rehearse.cancel')}
        </Button>
      </Group>
    </form>
  );
}
