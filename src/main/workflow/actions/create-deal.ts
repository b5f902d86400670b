import type { createDeal } from '../../../shared/workflow/actions/create-deal.ts';
import { dealKind } from '../../crm/deals/deal-kind.ts';
import { type ActionImplementation, completed, failed } from './action.ts';
import { createForStep } from './created-record.ts';

/** @returns null for text that is no number */
function readAmount(value: number | string): number | null {
  if (typeof value === 'number') return value;
  return /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : null;
}

export const createDealAction: ActionImplementation<typeof createDeal> = {
  execute(context, config) {
    const value =
      config.value === undefined || config.value === '' ? null : readAmount(config.value);
    if (value === null && config.value !== undefined && config.value !== '') {
      return failed(`value "${config.value}" is no number; write one such as 5000 or 5000.01`);
    }
    const { record, changes } = createForStep(context, dealKind, {
      title: config.title,
      value,
      ...(config.currency === undefined ? {} : { currency: config.currency }),
      ...(config.stage === undefined ? {} : { stage: config.stage }),
      description: config.description ?? null,
      contact_id: context.record('contact')?.id ?? null,
      company_id: context.record('company')?.id ?? null,
      owner_id: context.workflow.owner_id,
    });
    return completed({ deal: record }, changes);
  },
};
