import type { MailAccount } from '../../../shared/contract/mail.ts';

export interface MailPreset {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly security: MailAccount['security'];
  /** Where the user name is always the same. */
  readonly user_name?: string;
}

/** How the well-known providers take mail. */
export const mailPresets: readonly MailPreset[] = [
  { name: 'Gmail', host: 'smtp.gmail.com', port: 465, security: 'tls' },
  { name: 'Outlook', host: 'smtp-mail.outlook.com', port: 587, security: 'starttls' },
  { name: 'Fastmail', host: 'smtp.fastmail.com', port: 465, security: 'tls' },
  { name: 'iCloud', host: 'smtp.mail.me.com', port: 587, security: 'starttls' },
  {
    name: 'SendGrid',
    host: 'smtp.sendgrid.net',
    port: 587,
    security: 'starttls',
    user_name: 'apikey',
  },
  {
    name: 'Amazon SES',
    host: 'email-smtp.eu-central-1.amazonaws.com',
    port: 587,
    security: 'starttls',
  },
  { name: 'Mailgun', host: 'smtp.mailgun.org', port: 587, security: 'starttls' },
  { name: 'Postmark', host: 'smtp.postmarkapp.com', port: 587, security: 'starttls' },
];
