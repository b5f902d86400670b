import { Button, PasswordInput, Select } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { LifeBuoy } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Damage, Repair } from '../../../shared/contract/recovery.ts';
import { api } from '../../api/query.ts';
import { formatDayTime } from '../../ui/format.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { RepairReport } from './repair-report.tsx';
import classes from './recovery.module.css';

/** All there is while the file is damaged. */
export function RecoveryScreen({ damage }: { readonly damage: Damage }) {
  const { t } = useTranslation(['recovery', 'backups']);
  const [report, setReport] = useState<Repair | null>(null);
  return (
    <main className={classes.page}>
      <div className={classes.content}>
        <LifeBuoy size={28} strokeWidth={1.5} aria-hidden />
        <h1 className={classes.title}>{t(report ? 'recovery:done_title' : 'recovery:title')}</h1>
        {report ? (
          <RepairReport report={report} />
        ) : (
          <RepairForm damage={damage} onRepaired={setReport} />
        )}
      </div>
    </main>
  );
}

interface RepairFormProps {
  readonly damage: Damage;
  readonly onRepaired: (report: Repair) => void;
}

function RepairForm({ damage, onRepaired }: RepairFormProps) {
  const { t } = useTranslation(['recovery', 'backups']);
  const failureText = useFailureText();
  const [file, setFile] = useState(damage.backups[0]?.file ?? '');
  const [passphrase, setPassphrase] = useState('');
  const repair = useMutation(api.recovery.repair.mutationOptions({ onSuccess: onRepaired }));
  const chosen = damage.backups.find((backup) => backup.file === file);

  function submit(event: FormEvent): void {
    event.preventDefault();
    repair.mutate({
      file: chosen?.file ?? null,
      passphrase: chosen?.is_sealed ? passphrase : null,
    });
  }

  return (
    <form onSubmit={submit} className={classes.form}>
      <p className={classes.text}>{t('recovery:text')}</p>
      <dl className={classes.facts}>
        <dt>{t('recovery:file')}</dt>
        <dd>{damage.file}</dd>
        <dt>{t('recovery:reason')}</dt>
        <dd>{damage.reason}</dd>
      </dl>
      <Select
        label={t('recovery:start_from')}
        value={file}
        allowDeselect={false}
        data={[
          ...damage.backups.map((backup) => ({
            value: backup.file,
            label: t('recovery:backup', {
              when: formatDayTime(backup.created_at),
              reason: t(`backups:reasons.${backup.reason}`),
            }),
          })),
          { value: '', label: t('recovery:no_backup') },
        ]}
        onChange={(value) => {
          repair.reset();
          setFile(value ?? '');
        }}
      />
      {chosen?.is_sealed && (
        <PasswordInput
          label={t('recovery:passphrase')}
          value={passphrase}
          autoComplete="off"
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
      )}
      {repair.error && (
        <p role="alert" className={classes.error}>
          {failureText(repair.error)}
        </p>
      )}
      <div>
        <Button type="submit" loading={repair.isPending} data-autofocus>
          {t(repair.isPending ? 'recovery:repairing' : 'recovery:repair')}
        </Button>
      </div>
    </form>
  );
}
