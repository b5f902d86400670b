import type { ObjectName } from '../../../shared/model/objects.ts';
import { activityKind } from '../activities/activity-kind.ts';
import { companyKind } from '../companies/company-kind.ts';
import { contactKind } from '../contacts/contact-kind.ts';
import { dealKind } from '../deals/deal-kind.ts';
import type { RecordKind } from './record-kind.ts';

export const recordKinds: { readonly [O in ObjectName]: RecordKind<O> } = {
  contact: contactKind,
  company: companyKind,
  deal: dealKind,
  task: activityKind,
};
