import type { createContact } from '../../../shared/workflow/actions/create-contact.ts';
import { contactKind } from '../../crm/contacts/contact-kind.ts';
import { type ActionImplementation, completed } from './action.ts';
import { createForStep } from './created-record.ts';

export const createContactAction: ActionImplementation<typeof createContact> = {
  execute(context, config) {
    const { record, changes } = createForStep(context, contactKind, {
      ...config,
      company_id: context.record('company')?.id ?? null,
      owner_id: context.workflow.owner_id,
    });
    return completed({ contact: record }, changes);
  },
};
