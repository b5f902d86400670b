import { Button } from '@mantine/core';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Execution } from '../../../../shared/contract/workflows.ts';
import { UndoRunsDialog } from './undo-runs-dialog.tsx';
import classes from './run.module.css';

/** Takes back what one run did, after showing what that means. */
export function UndoRunButton({ run }: { readonly run: Execution }) {
  const { t } = useTranslation('workflows');
  const [isOpen, setOpen] = useState(false);
  if (run.actions_executed.length === 0) return null;
  return (
    <div className={classes.actions}>
      <Button variant="default" leftSection={<Undo2 size={14} />} onClick={() => setOpen(true)}>
        {t('undo.run')}
      </Button>
      {isOpen && (
        <UndoRunsDialog
          target={{ kind: 'run', id: run.id }}
          title={t('undo.title_run')}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}
