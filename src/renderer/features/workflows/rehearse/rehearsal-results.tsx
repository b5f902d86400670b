import { Button, Tabs } from '@mantine/core';
import { CircleSlash } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RehearsalCounts } from '../../../../shared/contract/rehearsal.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { formatNumber } from '../../../ui/format.ts';
import { DifferenceList, RefusalList } from './refusal-list.tsx';
import classes from './rehearse.module.css';
import { RehearsedRunList } from './rehearsed-run-list.tsx';
import { RunTimeline } from './run-timeline.tsx';
import type { RehearsalState } from './use-rehearsal.ts';

interface RehearsalResultsProps {
  readonly state: RehearsalState;
  /** Rehearses on the record whatever refuses it. */
  readonly onStartAnyway: () => void;
}

/** The figures, and below them each run, each refusal and each difference. */
export function RehearsalResults({ state, onStartAnyway }: RehearsalResultsProps) {
  const { t } = useTranslation('workflows');
  const { counts, input, runs, refusals, differences, isDone, progress } = state;
  const [chosen, setChosen] = useState<string | null>(null);
  const [tab, setTab] = useState<string | null>(null);
  if (!counts) return null;
  const isPast = input?.on.kind === 'past';
  const refused = counts.refused.reduce((sum, { count }) => sum + count, 0);
  if (counts.runs === 0 && refused === 0) {
    return isDone ? (
      <EmptyState
        icon={CircleSlash}
        title={t('rehearse.nothing_title')}
        text={t('rehearse.nothing_text', { count: counts.events })}
      />
    ) : null;
  }
  if (!isPast && counts.runs === 0) {
    return (
      <section className={classes.refusedRecord}>
        <h2>{t('rehearse.not_taken')}</h2>
        <RefusalList refusals={refusals} left={0} />
        <Button variant="default" onClick={onStartAnyway}>
          {t('rehearse.start_anyway')}
        </Button>
      </section>
    );
  }
  const run = runs.find(({ id }) => id === chosen) ?? runs[0];
  const shown = tab ?? (counts.runs > 0 ? 'runs' : 'refusals');
  return (
    <>
      {!isDone && progress === null && state.error === null && (
        <output className={classes.notice}>{t('rehearse.stopped')}</output>
      )}
      <Figures counts={counts} isPast={isPast} refused={refused} />
      <Notes counts={counts} />
      {isPast ? (
        <Tabs value={shown} onChange={setTab} keepMounted={false} className={classes.tabs ?? ''}>
          <Tabs.List>
            <Tabs.Tab value="runs">{`${t('rehearse.runs')} ${formatNumber(counts.runs)}`}</Tabs.Tab>
            <Tabs.Tab value="refusals">
              {`${t('rehearse.refusals')} ${formatNumber(refused)}`}
            </Tabs.Tab>
            {counts.differences > 0 && (
              <Tabs.Tab value="differences">
                {`${t('rehearse.differences')} ${formatNumber(counts.differences)}`}
              </Tabs.Tab>
            )}
          </Tabs.List>
          <Tabs.Panel value="runs" className={classes.split ?? ''}>
            <RehearsedRunList
              runs={runs}
              left={counts.runs - runs.length}
              chosen={run?.id ?? null}
              onChoose={setChosen}
            />
            {run && <RunTimeline key={run.id} run={run} />}
          </Tabs.Panel>
          <Tabs.Panel value="refusals" className={classes.single ?? ''}>
            <RefusalList refusals={refusals} left={refused - refusals.length} />
          </Tabs.Panel>
          <Tabs.Panel value="differences" className={classes.single ?? ''}>
            <DifferenceList
              differences={differences}
              left={counts.differences - differences.length}
            />
          </Tabs.Panel>
        </Tabs>
      ) : (
        run && <RunTimeline key={run.id} run={run} />
      )}
    </>
  );
}

function Figures({
  counts,
  isPast,
  refused,
}: {
  readonly counts: RehearsalCounts;
  readonly isPast: boolean;
  readonly refused: number;
}) {
  const { t } = useTranslation('workflows');
  const figures = [
    ...(isPast ? [['runs', counts.runs] as const, ['refused', refused] as const] : []),
    ['emails', counts.emails] as const,
    ['webhooks', counts.webhooks] as const,
    ['records_changed', counts.records_changed] as const,
    ['records_made', counts.records_made] as const,
  ];
  return (
    <dl className={classes.figures}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`rehearse.figures.${name}`)}</dt>
          <dd>
            {formatNumber(value)}
            {name === 'runs' && (
              <span className={classes.dim}>
                {` ${t('rehearse.of_events', { count: counts.events })}`}
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What is taken for granted, and what is left out. */
function Notes({ counts }: { readonly counts: RehearsalCounts }) {
  const { t } = useTranslation('workflows');
  const others = counts.would_start.map(({ name, count }) =>
    t('rehearse.would_start_item', { name, count }),
  );
  return (
    <>
      {counts.emails + counts.webhooks > 0 && (
        <p className={classes.note}>{t('rehearse.assumes')}</p>
      )}
      {others.length > 0 && (
        <p className={classes.note}>{t('rehearse.would_start', { list: others.join(', ') })}</p>
      )}
    </>
  );
}
