import { useTranslation } from 'react-i18next';
import type {
  RehearsedDifference,
  RehearsedRefusal,
} from '../../../../shared/contract/rehearsal.ts';
import { formatDayTime } from '../../../ui/format.ts';
import { fieldWords } from '../model/condition-words.ts';
import { shownValue } from '../model/shown-value.ts';
import { RecordLink } from '../record-link.tsx';
import { useWorkflowText } from '../use-words.ts';
import classes from './rehearse.module.css';

/** Who would not have been taken in, each with the first rule that said no and what it saw. */
export function RefusalList({
  refusals,
  left,
}: {
  readonly refusals: readonly RehearsedRefusal[];
  readonly left: number;
}) {
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  return (
    <ul className={classes.list} aria-label={t('rehearse.refusals')}>
      {refusals.map((refusal, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- one record may be refused many times
        <li key={index} className={classes.refusal}>
          <span className={classes.rowName}>
            <RecordLink record={refusal.record} name={refusal.record_name} />
          </span>
          <span className={classes.rowStatus}>{t(`rehearse.rules.${refusal.rule}`)}</span>
          <span className={classes.rowWhen}>
            {t('rehearse.event_at', {
              event: text(`triggers.${refusal.event.type}.label`, {
                defaultValue: refusal.event.type,
              }),
              when: formatDayTime(refusal.event.occurred_at),
            })}
          </span>
          {refusal.seen.map(({ name, seen }) => (
            <span key={name} className={classes.seen}>
              {t('rehearse.saw', {
                name: name.includes('.') ? fieldWords(name, text) : name.replaceAll('_', ' '),
                seen: shownValue(seen) || t('rehearse.saw_nothing'),
              })}
            </span>
          ))}
        </li>
      ))}
      {left > 0 && <li className={classes.more}>{t('rehearse.and_more', { count: left })}</li>}
    </ul>
  );
}

/** Where later changes would have met other values. */
export function DifferenceList({
  differences,
  left,
}: {
  readonly differences: readonly RehearsedDifference[];
  readonly left: number;
}) {
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  return (
    <>
      <p className={classes.note}>{t('rehearse.differences_text')}</p>
      <ul className={classes.list} aria-label={t('rehearse.differences')}>
        {differences.map((difference, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a field may differ many times
          <li key={index} className={classes.refusal}>
            <span className={classes.rowName}>
              <RecordLink record={difference.record} name={difference.record_name} />
            </span>
            <span className={classes.rowStatus}>{formatDayTime(difference.at)}</span>
            <span className={classes.seen}>
              {t('rehearse.difference', {
                field: fieldWords(`${difference.record.object}.${difference.field}`, text),
                found: shownValue(difference.found) || t('rehearse.saw_nothing'),
                instead: shownValue(difference.instead) || t('rehearse.saw_nothing'),
              })}
            </span>
          </li>
        ))}
        {left > 0 && <li className={classes.more}>{t('rehearse.and_more', { count: left })}</li>}
      </ul>
    </>
  );
}
