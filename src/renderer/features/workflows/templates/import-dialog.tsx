import { Button, Group, Modal, Skeleton, Text } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportMapping } from '../../../../shared/contract/library.ts';
import type { WorkflowFile } from '../../../../shared/workflow/portable/workflow-file.ts';
import { api, queryClient } from '../../../api/query.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useFailureText } from '../../../ui/use-failure-text.ts';
import { isComplete, NeedsForm } from './needs-form.tsx';
import classes from './templates.module.css';

interface ImportDialogProps {
  readonly file: WorkflowFile;
  readonly onClose: () => void;
}

/** What a file would need here, what takes the place of what is missing, and then its draft. */
export function ImportDialog({ file, onClose }: ImportDialogProps) {
  const { t } = useTranslation(['library', 'common']);
  const navigate = useNavigate();
  const failureText = useFailureText();
  const [mapping, setMapping] = useState<ImportMapping>({});
  const check = useQuery({
    ...api.workflow_files.check.queryOptions({ input: { file, ...mapping } }),
    placeholderData: keepPreviousData,
  });
  const load = useMutation(
    api.workflow_files.import.mutationOptions({
      onSuccess: (workflow) => {
        void queryClient.invalidateQueries({ queryKey: api.workflows.key() });
        void queryClient.invalidateQueries({ queryKey: api.custom_fields.key() });
        void navigate({ to: '/workflows/$workflowId', params: { workflowId: workflow.id } });
      },
    }),
  );
  const { data } = check;
  const missing = data?.needs.filter((need) => !need.is_present) ?? [];

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('library:import_title', { name: file.name })}
      size={520}
    >
      <Text size="sm" c="dimmed">
        {t('library:import_text')}
      </Text>
      {check.isPending && <Skeleton height={80} mt="md" />}
      {!data && check.error && (
        <ErrorState error={check.error} onRetry={() => void check.refetch()} />
      )}
      {data && (
        <>
          {missing.length === 0 ? (
            <p className={classes.note}>{t('library:all_here')}</p>
          ) : (
            <>
              <h3 className={classes.heading}>{t('library:mapping')}</h3>
              <NeedsForm needs={data.needs} mapping={mapping} onChange={setMapping} />
            </>
          )}
          {data.private_addresses.length > 0 && (
            <>
              <h3 className={classes.heading}>{t('library:addresses')}</h3>
              <ul className={classes.addresses}>
                {data.private_addresses.map(({ path, url }) => (
                  <li key={path}>
                    <code>{url}</code>
                  </li>
                ))}
              </ul>
              <p className={classes.note}>{t('library:addresses_help')}</p>
            </>
          )}
          {data.problems.length > 0 && (
            <p className={classes.note}>{t('library:problems', { count: data.problems.length })}</p>
          )}
        </>
      )}
      {load.error && (
        <p className={classes.error} role="alert">
          {failureText(load.error)}
        </p>
      )}
      <Group justify="flex-end" gap={8} mt="lg">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button
          loading={load.isPending}
          disabled={!data || !isComplete(data.needs, mapping)}
          onClick={() => load.mutate({ file, ...mapping })}
        >
          {t('library:import_button')}
        </Button>
      </Group>
    </Modal>
  );
}
