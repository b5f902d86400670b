import { Alert, Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportAnalysis, ImportPlan, ImportState } from '../../../shared/contract/imports.ts';
import { api } from '../../api/query.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { Checked } from './checked.tsx';
import { FileDrop } from './file-drop.tsx';
import { ImportProgress } from './import-progress.tsx';
import { ImportResult } from './import-result.tsx';
import { importDraft, useImportDraft } from './import-store.ts';
import classes from './import.module.css';
import { MappingTable } from './mapping-table.tsx';
import { MatchSettings } from './match-settings.tsx';
import { PreviewTable } from './preview-table.tsx';
import { ReadingSettings } from './reading-settings.tsx';
import { useImportState } from './use-import-state.ts';

/** Files of records: chosen, mapped, checked, imported. */
export function ImportScreen() {
  const { t } = useTranslation('imports');
  const { object } = useSearch({ strict: false });
  const { id, analysis, plan } = useImportDraft();
  return (
    <div className={classes.screen}>
      <PageHeader title={t('title')} />
      <div className={classes.content}>
        {id !== null && analysis && plan ? (
          <Upload key={id} id={id} analysis={analysis} plan={plan} />
        ) : (
          <FileDrop object={object} />
        )}
      </div>
    </div>
  );
}

interface UploadProps {
  readonly id: string;
  readonly analysis: ImportAnalysis;
  readonly plan: ImportPlan;
}

/** An upload from its mapping to its end. */
function Upload({ id, analysis, plan }: UploadProps) {
  const queries = useQueryClient();
  const failureText = useFailureText();
  const state = useImportState(id);
  /** Back from what was checked to the mapping. */
  const [isMapping, setIsMapping] = useState(true);
  const start = useMutation(
    api.imports.start.mutationOptions({
      onSuccess: (next: ImportState) => {
        queries.setQueryData(api.imports.state.queryKey({ input: { id } }), next);
        setIsMapping(false);
        void state.refetch();
      },
      onError: (error) => notifications.show({ color: 'red', message: failureText(error) }),
    }),
  );
  const close = useMutation(api.imports.close.mutationOptions());
  const again = (): void => {
    close.mutate({ id });
    importDraft.forget();
  };

  if (state.error) return <ErrorState error={state.error} onRetry={again} />;
  if (!state.data) return null;
  if (state.data.work !== 'none') return <ImportProgress state={state.data} />;
  const { outcome } = state.data;
  if (outcome === 'checked' && !isMapping) {
    return (
      <Checked
        state={state.data}
        plan={plan}
        onImport={() => start.mutate({ id, plan, is_check: false })}
        onBack={() => setIsMapping(true)}
      />
    );
  }
  if (outcome === 'imported' || (outcome !== null && !isMapping))
    return <ImportResult state={state.data} onAgain={again} />;
  return (
    <Mapping
      id={id}
      analysis={analysis}
      plan={plan}
      name={state.data.file_name}
      onCheck={() => start.mutate({ id, plan, is_check: true })}
      onOther={again}
    />
  );
}

interface MappingProps extends UploadProps {
  readonly name: string;
  readonly onCheck: () => void;
  readonly onOther: () => void;
}

function Mapping({ id, analysis, plan, name, onCheck, onOther }: MappingProps) {
  const { t } = useTranslation('imports');
  return (
    <>
      <div className={classes.file}>
        <span className={classes.fileName}>{name}</span>
        <span className={classes.hint}>{t('about_rows', { count: analysis.row_estimate })}</span>
        <Button variant="subtle" color="gray" size="compact-sm" onClick={onOther}>
          {t('other_file')}
        </Button>
        <span className={classes.space} />
        <Button onClick={onCheck} data-testid="import-check">
          {t('check')}
        </Button>
      </div>
      {analysis.is_remembered && <Alert variant="light">{t('remembered')}</Alert>}
      <ReadingSettings id={id} analysis={analysis} plan={plan} />
      <h2>{t('mapping_title')}</h2>
      <MappingTable analysis={analysis} plan={plan} />
      <h2>{t('match_title')}</h2>
      <MatchSettings analysis={analysis} plan={plan} />
      <h2>{t('preview')}</h2>
      <PreviewTable id={id} plan={plan} />
    </>
  );
}
