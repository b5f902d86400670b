import { Button, Group, Modal, Radio, ScrollArea, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { api } from '../../api/query.ts';
import { FailureLine } from '../../ui/failure-line.tsx';
import { useRecordSearch } from './use-record-search.ts';
import classes from './workflows.module.css';

interface RunNowDialogProps {
  readonly workflow: { readonly id: string; readonly name: string };
  readonly onClose: () => void;
}

const objectOrder: readonly ObjectName[] = ['deal', 'contact', 'company', 'task'];
const noRecord = 'none';

/** Starts a workflow by hand, for a record or for none, and leads to its run. */
export function RunNowDialog({ workflow, onClose }: RunNowDialogProps) {
  const { t } = useTranslation(['workflows', 'common', 'records']);
  const navigate = useNavigate();
  const [search, setSearch] = useState('');
  const [searched] = useDebouncedValue(search, 150);
  const [chosen, setChosen] = useState(noRecord);
  const { records, isPending } = useRecordSearch(searched);
  const start = useMutation(
    api.workflows.execute.mutationOptions({
      onSuccess: ({ execution_id }) => {
        onClose();
        void navigate({ to: '/runs/{-$executionId}', params: { executionId: execution_id } });
      },
    }),
  );

  function run(): void {
    const [object, id = ''] = chosen.split(' ');
    start.mutate({
      id: workflow.id,
      ...(object === 'deal' ? { deal_id: id } : {}),
      ...(object === 'contact' ? { contact_id: id } : {}),
      ...(object === 'company' ? { company_id: id } : {}),
      ...(object === 'task' ? { activity_id: id } : {}),
    });
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('workflows:run_now.title', { name: workflow.name })}
      size={480}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <Text size="sm" c="dimmed" mb="sm">
          {t('workflows:run_now.text')}
        </Text>
        <TextInput
          data-autofocus
          leftSection={<Search size={14} />}
          placeholder={t('workflows:run_now.search')}
          aria-label={t('workflows:run_now.search')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <ScrollArea h={260} mt="sm" type="auto" viewportProps={{ tabIndex: -1 }}>
          <Radio.Group value={chosen} onChange={setChosen} aria-label={t('workflows:runs.record')}>
            <Radio
              size="xs"
              className={classes.choice ?? ''}
              value={noRecord}
              label={t('workflows:run_now.none')}
              description={t('workflows:run_now.none_help')}
            />
            {objectOrder.map((object) => {
              const ofKind = records.filter((record) => record.object === object);
              if (ofKind.length === 0) return null;
              return (
                <div key={object}>
                  <div className={classes.choiceGroup}>{t(`records:${object}.many`)}</div>
                  {ofKind.map((record) => (
                    <Radio
                      size="xs"
                      key={record.id}
                      className={classes.choice ?? ''}
                      value={`${object} ${record.id}`}
                      label={record.name}
                    />
                  ))}
                </div>
              );
            })}
          </Radio.Group>
          {!isPending && records.length === 0 && search !== '' && (
            <Text size="sm" c="dimmed" p="xs">
              {t('workflows:run_now.no_match')}
            </Text>
          )}
        </ScrollArea>
        <FailureLine error={start.error} />
        <Group justify="flex-end" gap={8} mt="md">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={start.isPending}>
            {t('workflows:run_now.run')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
