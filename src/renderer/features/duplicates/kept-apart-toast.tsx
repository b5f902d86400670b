import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import classes from './duplicates.module.css';

const toastId = 'kept-apart';

/** After records were said not to be the same: one press takes that back. */
export function showKeptApart(takeBack: () => void): void {
  notifications.hide(toastId);
  notifications.show({
    id: toastId,
    autoClose: 8_000,
    message: (
      <KeptApartToast
        onUndo={() => {
          notifications.hide(toastId);
          takeBack();
        }}
      />
    ),
  });
}

function KeptApartToast({ onUndo }: { readonly onUndo: () => void }) {
  const { t } = useTranslation('duplicates');
  return (
    <div className={classes.toast}>
      <span>{t('kept_apart')}</span>
      <Button size="compact-sm" variant="default" onClick={onUndo}>
        {t('undo')}
      </Button>
    </div>
  );
}
