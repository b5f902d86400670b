/** The webhook a workflow waits for, in its editor. */
export const hooks = {
  address: 'Address',
  address_help:
    'Programs send JSON here by POST. Whoever knows the address can start the workflow.',
  after_saving: 'The address is made when you save.',
  api_off:
    'The API is off on this computer, so nothing reaches this address. Switch it on in Settings.',
  to_settings: 'Open settings',
  copy: 'Copy address',
  copied: 'Copied',
  rotate: 'New address',
  rotate_warning: 'The old address stops answering at once.',
  rotate_confirm: 'Make a new one',
  cancel: 'Cancel',
  contact: 'Contact in the payload',
  contact_help:
    'Where the payload has each field, such as customer.email. Left empty, there is no contact.',
  fields: {
    email: 'Email',
    name: 'Name',
    first_name: 'First name',
    last_name: 'Last name',
    phone: 'Phone',
    job_title: 'Job title',
  },
  place_example: 'customer.{{field}}',
  if_absent: 'If no contact has this email',
  if_absent_create: 'Create the contact',
  if_absent_ignore: 'Run without a contact',
  if_absent_refuse: 'Refuse the call',
  require_signature: 'Ask for a signature',
  require_signature_help:
    'Calls must be signed with the secret below and be at most 5 minutes old.',
  secret: 'Signing secret',
  calls: 'Last calls',
  no_calls: 'Nobody has called yet.',
  accepted: 'Taken',
  view_run: 'View run',
  no_payload: 'No payload',
} as const;
