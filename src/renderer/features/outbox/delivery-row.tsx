import { ChevronDown, ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Delivery, DeliveryState } from '../../../shared/contract/deliveries.ts';
import { formatAgo, formatDayTime, formatFull } from '../../ui/format.ts';
import { StatusPill, type Tone } from '../../ui/status-dot.tsx';
import { DeliveryDetails } from './delivery-details.tsx';
import classes from './outbox.module.css';

const tones: Readonly<Record<DeliveryState, Tone>> = {
  held: 'blue',
  queued: 'amber',
  sending: 'blue',
  sent: 'green',
  failed: 'red',
  uncertain: 'amber',
  cancelled: 'grey',
};

interface DeliveryRowProps {
  readonly delivery: Delivery;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

/** One mail or call; opened it shows all of it and what can be done. */
export function DeliveryRow({ delivery, isOpen, onToggle }: DeliveryRowProps) {
  const { t } = useTranslation('delivery');
  const { mail, request, state, created_at, next_attempt_at: next, last_error: error } = delivery;
  const title =
    mail?.subject ?? (request ? `${request.method} ${request.url}` : t('outbox.damaged'));
  const line = mail
    ? t('outbox.to_line', { to: mail.to.map(({ address }) => address).join(', ') })
    : (delivery.workflow_name ?? '');
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <li className={classes.item}>
      <button type="button" className={classes.row} aria-expanded={isOpen} onClick={onToggle}>
        <Chevron size={14} aria-hidden className={classes.chevron} />
        <span className={classes.words}>
          <span className={classes.title}>{title}</span>
          <span className={classes.line}>
            {line}
            {error !== null && state !== 'sent' && !(isOpen && state === 'failed') && ` · ${error}`}
          </span>
        </span>
        {next !== null && (
          <span className={classes.when} title={formatFull(next)}>
            {t(state === 'held' ? 'outbox.leaves' : 'outbox.next', { when: formatDayTime(next) })}
          </span>
        )}
        <StatusPill tone={tones[state]} label={t(`outbox.state_${state}`)} />
        <time className={classes.time} dateTime={created_at} title={formatFull(created_at)}>
          {formatAgo(created_at)}
        </time>
      </button>
      {isOpen && <DeliveryDetails delivery={delivery} />}
    </li>
  );
}
