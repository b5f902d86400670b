/** What leaves this computer: the Outbox, email accounts and texts, webhooks, the log of connections. */
export const delivery = {
  steps: {
    header: 'Name',
    header_value: 'Value',
    secret: 'Secret',
    add_header: 'Add header',
    add_secret: 'Add secret header',
    remove_entry: 'Remove {{name}}',
    secrets_help: 'The value is the name of a secret from Settings; runs never show it.',
    attach: 'Attach a file',
    attaching: 'Attaching…',
    remove_file: 'Remove {{name}}',
    unknown_file: 'Missing file',
    too_large: '“{{name}}” is larger than 700 kB. Larger files can be added with the API.',
    ready_forms: 'Ready forms',
    form_slack: 'Slack message',
    form_teams: 'Teams message',
    form_twilio: 'Text message (Twilio)',
    use_template: 'Use a saved text',
    no_templates: 'No saved texts yet. Add them in Settings.',
  },
} as const;
