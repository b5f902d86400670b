import { Button, FileButton, Progress } from '@mantine/core';
import { FileUp } from 'lucide-react';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import classes from './import.module.css';
import { useUpload } from './use-upload.ts';

/** Takes a file by drop or by choice. */
export function FileDrop({ object }: { readonly object: ObjectName | undefined }) {
  const { t } = useTranslation('imports');
  const failureText = useFailureText();
  const { progress, error, upload } = useUpload();
  const [isOver, setIsOver] = useState(false);

  function drop(event: DragEvent): void {
    event.preventDefault();
    setIsOver(false);
    const [file] = event.dataTransfer.files;
    if (file) void upload(file, object);
  }

  return (
    <div
      className={classes.drop}
      data-over={isOver || undefined}
      data-testid="import-drop"
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      <FileUp size={28} strokeWidth={1.5} aria-hidden />
      <h2>{t('drop_title')}</h2>
      <p>{t('drop_text')}</p>
      {progress === null ? (
        <FileButton
          accept=".csv,.tsv,.txt,.vcf,text/csv,text/vcard"
          onChange={(file) => file && void upload(file, object)}
        >
          {(props) => <Button {...props}>{t('choose_file')}</Button>}
        </FileButton>
      ) : (
        <Progress
          className={classes.bar ?? ''}
          value={progress * 100}
          aria-label={t('uploading')}
        />
      )}
      {error !== null && (
        <p className={classes.fault} role="alert">
          {failureText(error)}
        </p>
      )}
      <p className={classes.hint}>{t('drop_hint')}</p>
    </div>
  );
}
