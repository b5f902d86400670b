import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { api } from '../../api/query.ts';
import classes from './history.module.css';

interface Deleted {
  readonly object: ObjectName;
  readonly id: string;
  readonly name: string;
}

/** After a deletion: it is in the bin, and one press brings it back. */
export function showDeleted(deleted: Deleted): void {
  const id = `deleted-${deleted.id}`;
  notifications.show({
    id,
    autoClose: 8_000,
    message: <DeletedToast {...deleted} onDone={() => notifications.hide(id)} />,
  });
}

function DeletedToast({ object, id, name, onDone }: Deleted & { readonly onDone: () => void }) {
  const { t } = useTranslation('history');

  async function bringBack(): Promise<void> {
    onDone();
    const last = await api.history.latest.call();
    // Something else may have been done since; then this record alone comes back.
    if (last?.record_id === id && last.operation === 'delete') {
      await api.history.undo.call({ action_id: last.id });
    } else {
      await api.bin.restore.call({ records: [{ object, id }] });
    }
  }

  return (
    <div className={classes.toast}>
      <span>{t('deleted', { name })}</span>
      <Button size="compact-sm" variant="default" onClick={() => void bringBack()}>
        {t('undo')}
      </Button>
    </div>
  );
}
