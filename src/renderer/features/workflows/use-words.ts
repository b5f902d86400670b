import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Stage } from '../../../shared/contract/pipelines.ts';
import { api } from '../../api/query.ts';
import type { Translate, WordsContext } from './model/trigger-words.ts';

const noStages: readonly Stage[] = [];

export function useStages(): readonly Stage[] {
  return useQuery(api.pipeline.stages.queryOptions()).data ?? noStages;
}

/** The `t` of the workflows' texts for keys made at run time, such as `triggers.<type>.words`. */
export function useWorkflowText(): Translate {
  const { t } = useTranslation('workflows');
  // The typed `t` takes only keys known when compiling; every caller here gives a default or an own key.
  return t as unknown as Translate;
}

/** What the sentences about workflows are made with. */
export function useWords(): WordsContext {
  const t = useWorkflowText();
  const { i18n } = useTranslation();
  const stages = useStages();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long' });
    return { t, stages, formatDate: (ms) => format.format(ms) };
  }, [t, stages, i18n.language]);
}
