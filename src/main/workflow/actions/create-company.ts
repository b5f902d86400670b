import type { createCompany } from '../../../shared/workflow/actions/create-company.ts';
import { companyKind } from '../../crm/companies/company-kind.ts';
import { type ActionImplementation, completed } from './action.ts';
import { createForStep } from './created-record.ts';

export const createCompanyAction: ActionImplementation<typeof createCompany> = {
  execute(context, config) {
    const { record, changes } = createForStep(context, companyKind, {
      ...config,
      owner_id: context.workflow.owner_id,
    });
    return completed({ company: record }, changes);
  },
};
