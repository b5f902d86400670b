import { Modal, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordReference } from '../../../../shared/model/objects.ts';
import { api } from '../../../api/query.ts';
import { WhyAnswers } from './why-dialog.tsx';

interface RecordWhyDialogProps {
  readonly record: RecordReference;
  readonly onClose: () => void;
}

/** For a workflow: the record's newest events, and for each why it did or did not start. */
export function RecordWhyDialog({ record, onClose }: RecordWhyDialogProps) {
  const { t } = useTranslation('insight');
  const workflows = useQuery(api.workflows.list.queryOptions({ input: { limit: 500 } }));
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <Modal opened onClose={onClose} title={t('why_record')} size={520}>
      <Select
        data-autofocus
        searchable
        placeholder={t('why_choose')}
        aria-label={t('workflow')}
        data={(workflows.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={chosen}
        onChange={setChosen}
      />
      {chosen !== null && <WhyAnswers workflowId={chosen} record={record} />}
    </Modal>
  );
}
