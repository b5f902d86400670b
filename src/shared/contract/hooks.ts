import { z } from 'zod';
import { base } from './errors.ts';
import { idInput, pageOf, pageQuery } from './lists.ts';

export const workflowHookSchema = z.object({
  workflow_id: z.string(),
  hook_key: z.string(),
  /** To be put behind the origin of the server. */
  path: z.string(),
  /** What senders sign with, where the trigger's `require_signature` is true. */
  signing_secret: z.string(),
  created_at: z.string(),
});

export type WorkflowHook = z.infer<typeof workflowHookSchema>;

export const hookCallSchema = z.object({
  id: z.string(),
  received_at: z.string(),
  /** What it was answered with: 202 when it was taken. */
  status: z.number(),
  /** Why it was refused; null when it was taken. */
  reason: z.string().nullable(),
  /** Without what could open other doors, such as cookies. */
  headers: z.record(z.string(), z.string()),
  /** The first 16,384 characters. */
  body: z.string(),
  contact_id: z.string().nullable(),
  /** The run it started; null when it started none, or none yet. */
  execution_id: z.string().nullable(),
});

export type HookCall = z.infer<typeof hookCallSchema>;

/** What a sender hears of a call that was taken. */
export const hookTakenSchema = z.object({
  event_id: z.string(),
  contact_id: z.string().nullable(),
});

/** What stands behind a workflow's own address, `POST /hooks/{key}`. That call itself needs no token, so it is not here. */
export const hooks = {
  get: base
    .route({
      method: 'GET',
      path: '/workflows/{id}/hook',
      summary: 'The address that starts a workflow',
    })
    .input(idInput)
    .output(workflowHookSchema),
  /** Makes a new address and a new signing secret; the old ones are refused from now on. */
  rotate: base
    .route({
      method: 'POST',
      path: '/workflows/{id}/hook/rotate',
      summary: 'Give a workflow a new address',
    })
    .input(idInput)
    .output(workflowHookSchema),
  /** The last 100 calls, newest first, refused ones too. */
  calls: base
    .route({
      method: 'GET',
      path: '/workflows/{id}/hook/calls',
      summary: 'The last 100 calls of the address',
    })
    .input(z.strictObject({ id: z.string(), ...pageQuery }))
    .output(pageOf(hookCallSchema)),
};
