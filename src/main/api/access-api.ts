import { UserError } from '../errors.ts';
import { listHookCalls, readHook, rotateHookKey } from '../delivery/hooks/hook-store.ts';
import { getWorkflowRow } from '../workflow/store/workflow-store.ts';
import type { CallContext, createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

/** A token that could make or revoke tokens would outlive its own end. */
function refusePrograms({ actor }: CallContext): void {
  if (actor.kind === 'user') return;
  throw new UserError('forbidden', 'A token cannot do this. Do it in Settings, under API.');
}

/** Who may call from outside, and by which address. */
export function accessProcedures(
  os: ReturnType<typeof createBase>,
  { ports, connection, committer, tokens }: ApiParts,
) {
  const { reader } = connection;
  const { rest } = ports;
  return {
    access: {
      rest: os.access.rest.handler(() => rest.state()),
      switch_rest: os.access.switch_rest.handler(({ input, context }) => {
        refusePrograms(context);
        return rest.change(input);
      }),
      tokens: os.access.tokens.handler(() => ({ items: tokens.list() })),
      create_token: os.access.create_token.handler(({ input, context }) => {
        refusePrograms(context);
        return tokens.create(input.name);
      }),
      revoke_token: os.access.revoke_token.handler(({ input, context }) => {
        refusePrograms(context);
        tokens.revoke(input.id);
      }),
    },
    hooks: {
      get: os.hooks.get.handler(({ input }) => {
        getWorkflowRow(reader, input.id);
        return readHook(reader, input.id);
      }),
      rotate: os.hooks.rotate.handler(({ input, context }) =>
        committer.commit(context.actor, (unit) => {
          getWorkflowRow(unit.db, input.id);
          readHook(unit.db, input.id);
          rotateHookKey(unit, input.id);
          return readHook(unit.db, input.id);
        }),
      ),
      calls: os.hooks.calls.handler(({ input }) => {
        getWorkflowRow(reader, input.id);
        return listHookCalls(reader, input.id, input);
      }),
    },
  };
}
