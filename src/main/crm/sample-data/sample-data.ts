import { z } from 'zod';
import smallBusiness from '../../../../resources/sample-data/small-business.json' with {
  type: 'json',
};

const contactSchema = z.strictObject({
  first_name: z.string(),
  last_name: z.string(),
  email: z.string(),
  phone: z.string(),
  job_title: z.string(),
  /** Index into `companies`. */
  company: z.number().nullable(),
  created_days_ago: z.number(),
});

const dealSchema = z.strictObject({
  title: z.string(),
  value: z.number(),
  stage: z.string(),
  /** Index into `contacts`. */
  contact: z.number(),
  created_days_ago: z.number(),
  /** Negative: closed so many days ago. */
  close_in_days: z.number(),
});

const activitySchema = z.strictObject({
  type: z.enum(['task', 'call', 'meeting', 'email']),
  title: z.string(),
  deal: z.number(),
  contact: z.number(),
  due_in_days: z.number().optional(),
  completed_days_ago: z.number().optional(),
});

const schema = z.strictObject({
  companies: z.array(
    z.strictObject({
      name: z.string(),
      domain: z.string(),
      phone: z.string(),
      address: z.string(),
    }),
  ),
  contacts: z.array(contactSchema),
  deals: z.array(dealSchema),
  activities: z.array(activitySchema),
  workflows: z.array(
    z.strictObject({
      name: z.string(),
      description: z.string(),
      trigger_type: z.string(),
      trigger_config: z.record(z.string(), z.unknown()),
      actions: z.array(z.unknown()),
    }),
  ),
});

export type SampleActivity = z.infer<typeof activitySchema>;
export type SampleData = z.infer<typeof schema>;

/** A small design studio: who it works for, what it sells, and three workflows. */
export function readSampleData(): SampleData {
  return schema.parse(smallBusiness);
}
