import { Button, FileButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type WorkflowFile,
  workflowFileSchema,
} from '../../../../shared/workflow/portable/workflow-file.ts';
import { ImportDialog } from './import-dialog.tsx';

/** Reads a workflow file and leads through its import. */
export function ImportButton() {
  const { t } = useTranslation('library');
  const [file, setFile] = useState<WorkflowFile | null>(null);

  async function read(chosen: File | null): Promise<void> {
    if (!chosen) return;
    const parsed = parseFile(await chosen.text(), t('not_json'));
    if ('fault' in parsed) {
      notifications.show({ color: 'red', message: t('not_a_file', { reason: parsed.fault }) });
    } else {
      setFile(parsed.file);
    }
  }

  return (
    <>
      <FileButton accept="application/json,.json" onChange={(chosen) => void read(chosen)}>
        {(props) => (
          <Button variant="default" {...props}>
            {t('import')}
          </Button>
        )}
      </FileButton>
      {file && <ImportDialog file={file} onClose={() => setFile(null)} />}
    </>
  );
}

function parseFile(
  text: string,
  notJson: string,
): { readonly file: WorkflowFile } | { readonly fault: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: notJson };
  }
  const parsed = workflowFileSchema.safeParse(value);
  if (parsed.success) return { file: parsed.data };
  const [issue] = parsed.error.issues;
  const path = issue?.path.join('.') ?? '';
  return { fault: `${path === '' ? '' : `${path}: `}${issue?.message ?? ''}.` };
}
