import { insertAttachment, listAttachments } from '../delivery/attachment-store.ts';
import { webhookSecretName } from '../delivery/attempts.ts';
import { listConnections } from '../delivery/connection-log.ts';
import { describeDelivery, listDeliveries } from '../delivery/delivery-store.ts';
import {
  createEmailTemplate,
  getEmailTemplate,
  listEmailTemplates,
  removeEmailTemplate,
  updateEmailTemplate,
} from '../delivery/email-template-store.ts';
import {
  createAccount,
  getAccount,
  listAccounts,
  mailServerOf,
  passwordName,
  removeAccount,
  toMailAccount,
  updateAccount,
} from '../delivery/mail-account-store.ts';
import {
  cancelDelivery,
  changeMail,
  noteReply,
  resolveUncertain,
  sendNow,
} from '../delivery/outbox.ts';
import { NetworkClosedError } from '../delivery/ports.ts';
import { previewMail } from '../delivery/preview-mail.ts';
import { UserError, invalid, messageOf } from '../errors.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

/** Longest test of an account, in milliseconds. */
const testMs = 20_000;

export function deliveryProcedures(
  os: ReturnType<typeof createBase>,
  { ports, connection, committer, network, wakeAll }: ApiParts,
) {
  const { reader } = connection;
  const { secrets, mailer, clock } = ports;
  type Call = { readonly input: { readonly id: string }; readonly context: Context };
  type Context = Parameters<typeof committer.commit>[0] extends infer A ? { actor: A } : never;

  /** Changes one delivery, has the sender and the executor look, and answers it as it is then. */
  const change = ({ input, context }: Call, work: (unit: UnitOfWork, id: string) => void) => {
    committer.commit(context.actor, (unit) => work(unit, input.id));
    wakeAll();
    return describeDelivery(reader, input.id);
  };

  const writePassword = (id: string, password: string | null | undefined): void => {
    if (password === undefined) return;
    if (password === null || password === '') return secrets.remove(passwordName(id));
    try {
      secrets.write(passwordName(id), password);
    } catch (error) {
      throw invalid(
        'password',
        `The password cannot be kept on this computer: ${messageOf(error)}`,
      );
    }
  };

  const secretNames = () => ({
    names: secrets
      .names()
      .filter((name) => name.startsWith(webhookSecretName('')))
      .map((name) => name.slice(webhookSecretName('').length)),
  });

  return {
    outbox: {
      list: os.outbox.list.handler(({ input }) => listDeliveries(reader, input ?? {})),
      get: os.outbox.get.handler(({ input }) => describeDelivery(reader, input.id)),
      update: os.outbox.update.handler(({ input, context }) => {
        const { id, ...patch } = input;
        return change({ input: { id }, context }, (unit) => changeMail(unit, id, patch));
      }),
      send_now: os.outbox.send_now.handler((call) => change(call, sendNow)),
      cancel: os.outbox.cancel.handler((call) => change(call, cancelDelivery)),
      resolve: os.outbox.resolve.handler((call) =>
        change(call, (unit, id) => resolveUncertain(unit, id, call.input.decision)),
      ),
      replied: os.outbox.replied.handler((call) => change(call, noteReply)),
    },
    connections: {
      list: os.connections.list.handler(({ input }) => listConnections(reader, input ?? {})),
    },
    mail_accounts: {
      list: os.mail_accounts.list.handler(() => ({ items: listAccounts(reader, secrets) })),
      get: os.mail_accounts.get.handler(({ input }) =>
        toMailAccount(getAccount(reader, input.id), secrets),
      ),
      create: os.mail_accounts.create.handler(({ input, context }) => {
        const { password, ...account } = input;
        const id = committer.commit(context.actor, (unit) => {
          const made = createAccount(unit, account);
          writePassword(made, password);
          return made;
        });
        return toMailAccount(getAccount(reader, id), secrets);
      }),
      update: os.mail_accounts.update.handler(({ input, context }) => {
        const { id, password, ...patch } = input;
        committer.commit(context.actor, (unit) => {
          updateAccount(unit, id, patch);
          writePassword(id, password);
        });
        // A pooled connection is signed in with what was.
        mailer.close();
        return toMailAccount(getAccount(reader, id), secrets);
      }),
      remove: os.mail_accounts.remove.handler(({ input, context }) => {
        committer.commit(context.actor, (unit) => removeAccount(unit, input.id));
        secrets.remove(passwordName(input.id));
        mailer.close();
      }),
      test: os.mail_accounts.test.handler(async ({ input }) => {
        const server = mailServerOf(getAccount(reader, input.id), secrets);
        const gate = network.gateFor({
          purpose: 'account_test',
          workflow_id: null,
          execution_id: null,
          delivery_id: null,
        });
        const abort = new AbortController();
        const cancel = clock.after(testMs, () => abort.abort());
        try {
          const wrong = await mailer.test(server, gate, abort.signal);
          return { ok: wrong === null, message: wrong ?? 'Connected and signed in.' };
        } catch (error) {
          if (!(error instanceof NetworkClosedError)) throw error;
          throw new UserError('conflict', '"No network" is on. Turn it off in Settings to test.');
        } finally {
          cancel();
        }
      }),
    },
    email_templates: {
      list: os.email_templates.list.handler(() => ({ items: listEmailTemplates(reader) })),
      get: os.email_templates.get.handler(({ input }) => getEmailTemplate(reader, input.id)),
      create: os.email_templates.create.handler(({ input, context }) =>
        committer.commit(context.actor, (unit) => createEmailTemplate(unit, input)),
      ),
      update: os.email_templates.update.handler(({ input, context }) => {
        const { id, ...patch } = input;
        return committer.commit(context.actor, (unit) => updateEmailTemplate(unit, id, patch));
      }),
      remove: os.email_templates.remove.handler(({ input, context }) =>
        committer.commit(context.actor, (unit) => removeEmailTemplate(unit, input.id)),
      ),
      preview: os.email_templates.preview.handler(({ input }) =>
        previewMail(reader, input, new Date(clock.now()).toISOString(), clock.timeZone()),
      ),
    },
    attachments: {
      list: os.attachments.list.handler(() => ({ items: listAttachments(reader) })),
      create: os.attachments.create.handler(({ input, context }) =>
        committer.commit(context.actor, (unit) =>
          insertAttachment(unit, {
            file_name: input.file_name,
            content_type: input.content_type ?? 'application/octet-stream',
            content: Buffer.from(input.content_base64, 'base64'),
          }),
        ),
      ),
    },
    secrets: {
      list: os.secrets.list.handler(secretNames),
      write: os.secrets.write.handler(({ input }) => {
        try {
          secrets.write(webhookSecretName(input.name), input.value);
        } catch (error) {
          const reason = messageOf(error);
          throw invalid('value', `The secret cannot be kept on this computer: ${reason}`);
        }
        return secretNames();
      }),
      remove: os.secrets.remove.handler(({ input }) => {
        secrets.remove(webhookSecretName(input.name));
        return secretNames();
      }),
    },
  };
}
