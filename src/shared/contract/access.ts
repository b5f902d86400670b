import { z } from 'zod';
import { base } from './errors.ts';
import { idInput } from './lists.ts';

export const restStateSchema = z.object({
  /** Whether programs are to be let in. */
  enabled: z.boolean(),
  /** False where the program is nothing but this server. */
  can_switch: z.boolean(),
  /** The port that is wanted; the next free one is taken when it is not to be had. */
  port: z.number(),
  /** `http://127.0.0.1:PORT` while it answers, else null. */
  url: z.string().nullable(),
  /** Why it does not answer although it is switched on. */
  error: z.string().nullable(),
});

export type RestState = z.infer<typeof restStateSchema>;

export const apiTokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  created_at: z.string(),
  /** To the minute; null when it was never used. */
  last_used_at: z.string().nullable(),
});

export type ApiToken = z.infer<typeof apiTokenSchema>;

const portMessage = 'port must be a whole number from 1024 to 65535';

/** Who may call from outside. Only our own screens may change it: no token can make another. */
export const access = {
  rest: base
    .route({ method: 'GET', path: '/rest', summary: 'Is the API on, and where' })
    .output(restStateSchema),
  switch_rest: base
    .input(
      z.strictObject({
        enabled: z.boolean('enabled must be true or false').optional(),
        port: z
          .number(portMessage)
          .int(portMessage)
          .min(1_024, portMessage)
          .max(65_535, portMessage)
          .optional(),
      }),
    )
    .output(restStateSchema),
  /** Those that still open something, the newest first. */
  tokens: base
    .route({ method: 'GET', path: '/tokens', summary: 'List the named tokens' })
    .output(z.object({ items: z.array(apiTokenSchema) })),
  /** The token itself is in this answer and nowhere else. */
  create_token: base
    .input(
      z.strictObject({
        name: z
          .string('name must be text')
          .trim()
          .min(1, 'name must not be empty')
          .max(100, 'name may have at most 100 characters'),
      }),
    )
    .output(apiTokenSchema.extend({ token: z.string() })),
  revoke_token: base.input(idInput).output(z.void()),
};
