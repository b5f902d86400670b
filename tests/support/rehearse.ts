import type { RehearsalInput, RehearsalResult } from '../../src/shared/contract/rehearsal.ts';
import type { TestCore } from './test-core.ts';

/** Gives the core turns until a call is answered; time does not move. */
export async function answerOf<T>({ clock }: TestCore, call: Promise<T>): Promise<T> {
  let isAnswered = false;
  const answer = call.finally(() => {
    isAnswered = true;
  });
  const turn = async (): Promise<void> => {
    clock.runToIdle();
    await new Promise((resolve) => setImmediate(resolve));
    if (!isAnswered) await turn();
  };
  await turn();
  return answer;
}

export function rehearse(core: TestCore, input: RehearsalInput): Promise<RehearsalResult> {
  return answerOf(core, core.client.rehearsal.result(input));
}
