/** Calls that are the same for everybody but for an address and a text. */
export const webhookForms = {
  slack: {
    url: 'https://hooks.slack.com/services/…',
    method: 'POST',
    body: { text: 'New: {{workflow.name}}' },
  },
  teams: {
    url: 'https://YOUR-TEAM.webhook.office.com/…',
    method: 'POST',
    // A card: what both the connectors of a channel and its newer workflows take.
    body: {
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: {
            type: 'AdaptiveCard',
            version: '1.4',
            body: [{ type: 'TextBlock', text: 'New: {{workflow.name}}', wrap: true }],
          },
        },
      ],
    },
  },
  twilio: {
    url: 'https://api.twilio.com/2010-04-01/Accounts/YOUR_ACCOUNT/Messages.json',
    method: 'POST',
    body_type: 'form',
    body: { To: '+491701234567', From: '+491701234567', Body: 'New: {{workflow.name}}' },
    secret_headers: { Authorization: 'twilio' },
  },
} as const satisfies Record<string, Readonly<Record<string, unknown>>>;
