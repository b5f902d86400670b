import { randomBytes } from 'node:crypto';
import { isContractProcedure } from '@orpc/contract';
import { contract } from '../../shared/contract/index.ts';
import { Recovery } from '../backup/recovery.ts';
import type { DamagedFileError } from '../db/damage.ts';
import type { Core } from '../create-core.ts';
import { UserError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { createBase } from './base.ts';
import type { createApi } from './router.ts';

type Router = ReturnType<typeof createApi>;

/** While the file is sound there is nothing to recover. */
export function recoveryProcedures(os: ReturnType<typeof createBase>) {
  return {
    recovery: {
      state: os.recovery.state.handler(() => null),
      repair: os.recovery.repair.handler(() => {
        throw new UserError('conflict', 'The file is sound: there is nothing to repair.');
      }),
    },
  };
}

export interface RecoveryCore {
  /** Answers the whole contract: the recovery for real, everything else with what is wrong with the file. */
  readonly router: Router;
  /** Of windows that were opened meanwhile: the file cannot keep them. */
  readonly sessions: { create(): string; isValid(token: string): boolean; all(): string[] };
  /** Named tokens are in the file: until it is repaired only the owner's own token is known. */
  readonly tokens: { use(token: string): boolean };
  readonly receiveHook: Core['receiveHook'];
  /** Resolves when there is a sound file to open. */
  readonly repaired: Promise<void>;
}

/** What a host serves in the place of a core whose file is damaged. */
export function createRecovery(ports: Ports, damage: DamagedFileError): RecoveryCore {
  const recovery = new Recovery(ports, damage);
  const os = createBase(ports.logger, () => undefined, null);
  const own = {
    recovery: {
      state: os.recovery.state.handler(() => recovery.state()),
      repair: os.recovery.repair.handler(({ input }) =>
        recovery.repair(input.file, input.passphrase),
      ),
    },
    health: os.system.health.handler(() => ({
      status: 'ok' as const,
      version: ports.host.version,
      executor: { state: 'stopped' as const, holder: null },
    })),
  };
  const router = refuseAll(contract, os);
  Object.assign(router, { recovery: own.recovery });
  Object.assign(router['system'] ?? {}, { health: own.health });
  const tokens = new Set<string>();
  return {
    // Made by walking the contract, so each of its procedures is there; a walk carries no types.
    router: router as unknown as Router,
    sessions: {
      create() {
        const token = randomBytes(32).toString('base64url');
        tokens.add(token);
        return token;
      },
      isValid: (token) => tokens.has(token),
      all: () => [...tokens],
    },
    tokens: { use: () => false },
    receiveHook: () => ({ status: 409, code: 'conflict', message: damage.message }),
    repaired: recovery.repaired,
  };

  function refuseAll(node: object, implementer: object): Record<string, object> {
    return Object.fromEntries(
      Object.entries(node).map(([name, below]: [string, object]) => {
        // The implementer has the shape of the contract.
        const same = (implementer as Record<string, object>)[name] ?? {};
        return [name, isContractProcedure(below) ? refusing(same) : refuseAll(below, same)];
      }),
    );
  }

  function refusing(procedure: object): object {
    // Every procedure of an implementer has a handler; its types differ from one to the next.
    const implementer = procedure as { handler(answer: () => never): object };
    return implementer.handler(() => {
      throw damage;
    });
  }
}
