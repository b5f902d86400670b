import { SegmentedControl, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/query.ts';
import { useWindowStore } from '../../app/window-store.ts';
import { useCommands } from '../../commands/registry.ts';
import { RecordsScreen } from '../records/records-screen.tsx';
import { DealsBoard } from './deals-board.tsx';

export function DealsScreen() {
  const { t } = useTranslation('deals');
  const { dealsView, setDealsView } = useWindowStore();
  const [stage, setStage] = useState<string | null>(null);
  const counts = useQuery(api.home.counts.queryOptions()).data;
  const stages = useQuery(api.pipeline.stages.queryOptions()).data ?? [];

  useCommands([
    {
      id: 'deals_board',
      label: 'commands:deals_board',
      section: 'view',
      perform: () => setDealsView('board'),
    },
    {
      id: 'deals_table',
      label: 'commands:deals_table',
      section: 'view',
      perform: () => setDealsView('table'),
    },
  ]);

  return (
    <RecordsScreen
      object="deal"
      count={counts?.deals_open}
      filters={{ stage: stage ?? undefined }}
      onClearFilters={() => setStage(null)}
      tools={
        <>
          <SegmentedControl
            size="xs"
            value={dealsView}
            onChange={(value) => setDealsView(value === 'table' ? 'table' : 'board')}
            aria-label={t('view_label')}
            data={[
              { value: 'board', label: t('view_board') },
              { value: 'table', label: t('view_table') },
            ]}
          />
          {dealsView === 'table' && (
            <Select
              size="xs"
              w={140}
              aria-label={t('stage_filter')}
              placeholder={t('all_stages')}
              clearable
              value={stage}
              onChange={setStage}
              data={stages.map(({ slug, name }) => ({ value: slug, label: name }))}
            />
          )}
        </>
      }
      renderView={
        dealsView === 'board'
          ? (openRecord, activeId) => <DealsBoard onOpen={openRecord} activeId={activeId} />
          : null
      }
    />
  );
}
