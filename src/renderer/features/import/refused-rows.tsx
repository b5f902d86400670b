import { Button } from '@mantine/core';
import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ImportState } from '../../../shared/contract/imports.ts';
import { client } from '../../api/client.ts';
import { useDownload } from '../export/use-download.tsx';
import classes from './import.module.css';

/** Which rows were refused and why, and all of them as a file to be mended. */
export function RefusedRows({ state }: { readonly state: ImportState }) {
  const { t } = useTranslation('imports');
  const { download, isBusy } = useDownload();
  const { refused } = state.counts;
  if (refused === 0) return null;
  const name = `${state.file_name.replace(/\.[^.]*$/, '')} ${t('refused_file')}.csv`;
  return (
    <section className={classes.refusals}>
      <h3>{t('refused_title', { count: refused })}</h3>
      <p className={classes.hint}>{t('refused_text')}</p>
      <ul>
        {state.refusals.map(({ line, reason }) => (
          <li key={line}>
            <span className={classes.lineNumber}>{t('line_number', { line })}</span> {reason}
          </li>
        ))}
      </ul>
      {refused > state.refusals.length && (
        <p className={classes.hint}>
          {t('more_refused', { count: refused - state.refusals.length })}
        </p>
      )}
      <Button
        variant="default"
        loading={isBusy}
        leftSection={<Download size={14} aria-hidden />}
        onClick={() =>
          void download(name, 'text/csv', (signal) =>
            client.imports.refused({ id: state.id }, { signal }),
          )
        }
      >
        {t('download_refused')}
      </Button>
    </section>
  );
}
