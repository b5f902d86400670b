import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RecordReference } from '../../../shared/model/objects.ts';
import classes from './workflows.module.css';

interface RecordLinkProps {
  readonly record: RecordReference | null;
  /** Null when the record is gone. */
  readonly name: string | null;
}

export function RecordLink({ record, name }: RecordLinkProps) {
  const { t } = useTranslation('workflows');
  if (!record) return <span className={classes.dim}>{t('runs.no_record')}</span>;
  if (name === null) return <span className={classes.dim}>{t('runs.record_gone')}</span>;
  const shared = { className: classes.recordLink, params: { recordId: record.id }, children: name };
  switch (record.object) {
    case 'contact':
      return <Link to="/contacts/{-$recordId}" {...shared} />;
    case 'company':
      return <Link to="/companies/{-$recordId}" {...shared} />;
    case 'deal':
      return <Link to="/deals/{-$recordId}" {...shared} />;
    case 'task':
      return <Link to="/tasks/{-$recordId}" {...shared} />;
  }
}
