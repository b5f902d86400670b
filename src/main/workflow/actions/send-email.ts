import type { MailContent } from '../../../shared/contract/deliveries.ts';
import { type EmailAddress, readAddresses } from '../../../shared/model/email-address.ts';
import { readBoolean } from '../../../shared/workflow/check-external-config.ts';
import type { sendEmail } from '../../../shared/workflow/actions/send-email.ts';
import { mailHoldSeconds } from '../../crm/settings/network-settings.ts';
import { missingAttachment } from '../../delivery/attachment-store.ts';
import { insertDelivery } from '../../delivery/delivery-store.ts';
import { chooseAccount, type MailAccountRow } from '../../delivery/mail-account-store.ts';
import { withSignature } from '../../delivery/mail-text.ts';
import { unsubscribedAmong } from '../../delivery/recipients.ts';
import { invalid } from '../../errors.ts';
import { type ActionImplementation, completed, failed, type Outcome } from './action.ts';
import { takeUpDelivery } from './take-up-delivery.ts';

/** The mail is rendered once and committed with the run; the sender carries it out from the Outbox. */
export const sendEmailAction: ActionImplementation<typeof sendEmail> = {
  execute(context, config) {
    const takenUp = takeUpDelivery(context);
    if (takenUp) return takenUp;
    const { unit, workflow, execution_id, step_id, subject } = context;
    const account = chooseAccount(unit.db, config.account ?? null);
    if ('fault' in account) return failed(account.fault);
    const subjectLine = config.subject.replaceAll(/\s+/g, ' ').trim();
    if (subjectLine === '')
      return failed('subject is empty; write one that is never empty, such as "Your offer"');
    const lists = {
      to: addressesOf('to', config.to),
      cc: addressesOf('cc', config.cc),
      bcc: addressesOf('bcc', config.bcc),
      reply_to: addressesOf('reply_to', config.reply_to),
    };
    if (lists.to.length === 0) return failed('to is empty; the mail has nobody to go to');
    const missing = missingAttachment(unit.db, config.attachments ?? []);
    if (missing !== null) return failed(`there is no attachment with the id "${missing}"`);

    const gone = unsubscribedAmong(unit.db, [...lists.to, ...lists.cc, ...lists.bcc]);
    const wanted = (list: readonly EmailAddress[]): EmailAddress[] =>
      list.filter(({ address }) => !gone.includes(address));
    const to = wanted(lists.to);
    if (to.length === 0) return { kind: 'skipped', message: unsubscribedText(gone) };

    const id = unit.ids.next();
    const text = withSignature({ text: config.body, html: config.html ?? null }, account.signature);
    const content: MailContent = {
      account_id: account.id,
      message_id: `<${id}@${account.from_address.split('@').at(-1)}>`,
      from: { name: account.from_name ?? '', address: account.from_address },
      to,
      cc: wanted(lists.cc),
      bcc: wanted(lists.bcc),
      reply_to:
        lists.reply_to.length > 0 ? lists.reply_to : addressesOf('reply_to', account.reply_to),
      subject: subjectLine,
      ...text,
      attachment_ids: [...(config.attachments ?? [])],
    };
    const awaited = readBoolean(config.wait) !== false;
    insertDelivery(unit, {
      id,
      what: { kind: 'email', content },
      lane: account.id,
      workflow_id: workflow.id,
      execution_id,
      step_id,
      record: subject,
      awaited,
      due_at: new Date(unit.now + mailHoldSeconds(unit.db) * 1_000).toISOString(),
    });
    return ended(id, content, awaited, gone.length > 0 ? [unsubscribedText(gone)] : []);
  },
};

function ended(
  id: string,
  content: MailContent,
  awaited: boolean,
  warnings: readonly string[],
): Outcome {
  if (awaited) return { kind: 'wait_for', delivery_id: id, warnings };
  return completed({ delivery_id: id, message_id: content.message_id }, [], warnings);
}

/** @throws UserError naming the key */
function addressesOf(key: string, text: MailAccountRow['reply_to'] | undefined): EmailAddress[] {
  const read = readAddresses(text ?? '');
  if ('fault' in read) throw invalid(key, `${key}: ${read.fault}`);
  return [...read.addresses];
}

function unsubscribedText(addresses: readonly string[]): string {
  return `Not sent to ${addresses.join(', ')}: unsubscribed.`;
}
