import { Select } from '@mantine/core';
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lookUp } from '../../../../shared/workflow/plain-template.ts';
import { hasTemplate, renderTemplate } from '../../../../shared/workflow/template.ts';
import { triggerReach } from '../../../../shared/workflow/triggers.ts';
import { api } from '../../../api/query.ts';
import { formatDayTime } from '../../../ui/format.ts';
import { shownValue } from '../model/shown-value.ts';
import { draftTriggers, knownTriggers, type WorkflowDraft } from '../model/workflow-draft.ts';
import { type FoundRecord, useRecordSearch } from '../use-record-search.ts';
import classes from './editor.module.css';

interface Sample {
  readonly context: object;
  readonly timeZone: string;
}

const SampleContext = createContext<Sample | null>(null);

/** What variables hold for the chosen record; null while there is none. */
export function useSample(): Sample | null {
  return useContext(SampleContext);
}

/** The present value of a path, as short as a list has room for; '' where it is empty or nobody knows. */
export function sampleValue(sample: Sample | null, path: string): string {
  if (!sample) return '';
  const value = lookUp(sample.context, path.split('.'));
  return value === null || value === undefined || typeof value === 'object'
    ? ''
    : shownValue(value);
}

interface SampleProviderProps {
  readonly draft: WorkflowDraft;
  readonly children: ReactNode;
}

/** Gives the forms of a step the values of one record, which can be chosen below them. */
export function SampleProvider({ draft, children }: SampleProviderProps) {
  const { t } = useTranslation('workflows');
  const { objects } = triggerReach(knownTriggers(draft));
  const [search, setSearch] = useState('');
  const fits = ({ object }: FoundRecord): boolean =>
    objects.length === 0 || objects.includes(object);
  const newest = useRecordSearch('').records.find(fits) ?? null;
  const found = useRecordSearch(search).records.filter(fits);
  const [chosen, setChosen] = useState<FoundRecord | null>(null);
  const record = (chosen && fits(chosen) ? chosen : null) ?? newest;
  const sample = useQuery({
    ...api.drafting.sample.queryOptions({
      input: record
        ? {
            triggers: draftTriggers(draft).map(({ type, config }) => ({
              type,
              config: { ...config },
            })),
            record: { object: record.object, id: record.id },
            workflow_name: draft.name,
          }
        : skipToken,
    }),
    placeholderData: keepPreviousData,
  });
  const { data } = sample;
  const value = useMemo(
    () => (data ? { context: data.context, timeZone: data.time_zone } : null),
    [data],
  );
  return (
    <SampleContext value={value}>
      {children}
      {record && (
        <div className={classes.formOptions}>
          <Select
            label={t('variables.sample')}
            description={
              data?.event
                ? t('variables.sample_event', { when: formatDayTime(data.event.occurred_at) })
                : t('variables.sample_now')
            }
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            searchable
            data={[record, ...found.filter(({ id }) => id !== record.id)].map(({ id, name }) => ({
              value: id,
              label: name,
            }))}
            // What was searched for is found by the server already.
            filter={({ options }) => options}
            value={record.id}
            allowDeselect={false}
            onSearchChange={(text) => setSearch(text === record.name ? '' : text)}
            onChange={(id) => setChosen(found.find((one) => one.id === id) ?? record)}
          />
        </div>
      )}
    </SampleContext>
  );
}

/** A text as a run for the chosen record would render it; nothing for one without variables. */
export function TemplatePreview({ text }: { readonly text: string }) {
  const { t } = useTranslation('workflows');
  const sample = useSample();
  const rendered = useMemo(() => {
    if (!sample || !hasTemplate(text)) return null;
    try {
      return renderTemplate(text, sample.context, sample.timeZone).text;
    } catch {
      // What cannot be read is told of by the check of the field.
      return null;
    }
  }, [sample, text]);
  if (rendered === null || rendered.trim() === '') return null;
  return (
    <p className={classes.preview}>
      <span className={classes.previewLabel}>{t('variables.preview')}</span>
      {rendered}
    </p>
  );
}
