import { Button, Checkbox, Group, Modal, Radio, ScrollArea, Select, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EnrolmentPreview } from '../../../shared/contract/enrolment.ts';
import { api } from '../../api/query.ts';
import { FailureLine } from '../../ui/failure-line.tsx';
import classes from './workflows.module.css';

interface EnrolDialogProps {
  readonly workflow: { readonly id: string; readonly name: string };
  /** Those with at least one record that matches. */
  readonly objects: EnrolmentPreview['objects'];
  readonly onClose: () => void;
}

type Choice = 'none' | 'all' | 'pick';
const choices: readonly Choice[] = ['none', 'all', 'pick'];

/** Asks, when a workflow was switched on, what is to become of the records that match it already. */
export function EnrolDialog({ workflow, objects, onClose }: EnrolDialogProps) {
  const { t } = useTranslation(['workflows', 'records']);
  const [object, setObject] = useState(objects[0]?.object);
  const [choice, setChoice] = useState<Choice>('none');
  const [picked, setPicked] = useState<string[]>([]);
  const start = useMutation(
    api.enrolment.start.mutationOptions({
      onSuccess: ({ count }) => {
        if (count > 0) notifications.show({ message: t('workflows:enrol.started', { count }) });
        onClose();
      },
    }),
  );
  const chosen = objects.find((one) => one.object === object);
  if (!chosen) return null;
  const many = t(`records:${chosen.object}.many`).toLowerCase();

  function submit(): void {
    if (choice === 'none') return onClose();
    start.mutate({
      id: workflow.id,
      records: choice,
      ...(object === undefined ? {} : { object }),
      ...(choice === 'pick' ? { record_ids: picked } : {}),
    });
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('workflows:enrol.title', { name: workflow.name })}
      size={480}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Text size="sm" c="dimmed" mb="sm">
          {t('workflows:enrol.text', { count: chosen.matching, many })}
        </Text>
        {objects.length > 1 && (
          <Select
            mb="sm"
            label={t('workflows:enrol.object')}
            data={objects.map((one) => ({
              value: one.object,
              label: t(`records:${one.object}.many`),
            }))}
            value={chosen.object}
            allowDeselect={false}
            onChange={(value) => {
              setObject(objects.find((one) => one.object === value)?.object);
              setPicked([]);
            }}
          />
        )}
        <Radio.Group
          value={choice}
          aria-label={t('workflows:enrol.choice')}
          onChange={(value) => setChoice(choices.find((one) => one === value) ?? 'none')}
        >
          {choices.map((one) => (
            <Radio
              size="xs"
              key={one}
              className={classes.choice ?? ''}
              value={one}
              label={t(`workflows:enrol.${one}`, { count: chosen.matching, many })}
              {...(one === 'none' ? { 'data-autofocus': true } : {})}
            />
          ))}
        </Radio.Group>
        {choice === 'pick' && (
          <ScrollArea h={220} mt="sm" type="auto" viewportProps={{ tabIndex: -1 }}>
            <Checkbox.Group
              value={picked}
              onChange={setPicked}
              aria-label={t('workflows:enrol.pick')}
            >
              {chosen.records.map(({ id, name }) => (
                <Checkbox
                  size="xs"
                  key={id}
                  className={classes.choice ?? ''}
                  value={id}
                  label={name}
                />
              ))}
            </Checkbox.Group>
            {chosen.matching > chosen.records.length && (
              <Text size="xs" c="dimmed" p="xs">
                {t('workflows:enrol.newest', { count: chosen.records.length })}
              </Text>
            )}
          </ScrollArea>
        )}
        <FailureLine error={start.error} />
        <Group justify="flex-end" gap={8} mt="md">
          <Button
            type="submit"
            loading={start.isPending}
            disabled={choice === 'pick' && picked.length === 0}
          >
            {t(choice === 'none' ? 'workflows:enrol.leave' : 'workflows:enrol.start')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
