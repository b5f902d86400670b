import { Checkbox, Select } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ImportAnalysis, ImportPlan } from '../../../shared/contract/imports.ts';
import { objectNames, type ObjectName } from '../../../shared/model/objects.ts';
import { api } from '../../api/query.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import classes from './import.module.css';
import { importDraft } from './import-store.ts';

const encodings = [
  'utf-8',
  'windows-1252',
  'iso-8859-15',
  'utf-16le',
  'utf-16be',
  'windows-1250',
  'windows-1251',
  'macintosh',
  'cp850',
  'shift_jis',
  'gb18030',
];

interface ReadingSettingsProps {
  readonly id: string;
  readonly analysis: ImportAnalysis;
  readonly plan: ImportPlan;
}

/** What the file holds and how it is read. Each change looks at the file anew. */
export function ReadingSettings({ id, analysis, plan }: ReadingSettingsProps) {
  const { t } = useTranslation(['imports', 'records']);
  const failureText = useFailureText();
  const { object, encoding, delimiter, has_header } = plan;
  const analyse = useMutation(
    api.imports.analyse.mutationOptions({ onSuccess: importDraft.analysed }),
  );
  const again = (change: {
    object?: ObjectName;
    encoding?: string;
    delimiter?: string;
    has_header?: boolean;
  }): void => analyse.mutate({ id, object, encoding, delimiter, has_header, ...change });
  const delimiters = [',', ';', '\t', '|', ':'];

  return (
    <div className={classes.settings}>
      <Select
        label={t('imports:object')}
        data={objectNames.map((name) => ({ value: name, label: t(`records:${name}.many`) }))}
        value={object}
        allowDeselect={false}
        disabled={analysis.format === 'vcard'}
        onChange={(value) => value && again({ object: value })}
      />
      <Select
        label={t('imports:encoding')}
        data={[...new Set([encoding, ...encodings])]}
        value={encoding}
        allowDeselect={false}
        searchable
        error={
          analyse.error
            ? failureText(analyse.error)
            : analysis.has_unreadable && t('imports:unreadable')
        }
        onChange={(value) => value !== null && again({ encoding: value })}
      />
      {analysis.format === 'csv' && (
        <>
          <Select
            label={t('imports:delimiter')}
            data={[...new Set([delimiter, ...delimiters])].map((sign) => ({
              value: sign,
              label: sign === '\t' ? t('imports:tab') : sign,
            }))}
            value={delimiter}
            allowDeselect={false}
            onChange={(value) => value !== null && again({ delimiter: value })}
          />
          <Checkbox
            className={classes.headerBox ?? ''}
            label={t('imports:has_header')}
            checked={has_header}
            onChange={(event) => again({ has_header: event.currentTarget.checked })}
          />
        </>
      )}
    </div>
  );
}
