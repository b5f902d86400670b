import type { ImportAnalysis, ImportPlan, ImportState } from '../../src/shared/contract/imports.ts';
import type { TestCore } from './test-core.ts';

const partBytes = 500_000;

/** Uploads a file as the screens do. @returns the id of the upload */
export async function uploadFile(
  { client }: TestCore,
  name: string,
  content: string | Buffer,
): Promise<string> {
  const bytes = Buffer.from(content);
  const { id } = await client.imports.create({ file_name: name, size_bytes: bytes.length });
  for (let from = 0; from < bytes.length; from += partBytes) {
    const part = bytes.subarray(from, from + partBytes);
    await client.imports.append({ id, content_base64: part.toString('base64') });
  }
  return id;
}

/** Runs the clock until an import has come to its end, or to where a test wants it. */
export async function untilImport(
  { client, clock }: TestCore,
  id: string,
  isThere: (state: ImportState) => boolean = ({ outcome }) => outcome !== null,
): Promise<ImportState> {
  for (;;) {
    const state = await client.imports.state({ id });
    if (isThere(state)) return state;
    clock.runToIdle();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export interface Imported {
  readonly id: string;
  readonly analysis: ImportAnalysis;
  readonly state: ImportState;
}

/** Imports a file as it is suggested, but for what a test wants otherwise. */
export async function importFile(
  test: TestCore,
  name: string,
  content: string | Buffer,
  change: Partial<ImportPlan> = {},
): Promise<Imported> {
  const id = await uploadFile(test, name, content);
  const analysis = await test.client.imports.analyse({ id, object: change.object });
  await test.client.imports.start({ id, plan: { ...analysis.plan, ...change }, is_check: false });
  return { id, analysis, state: await untilImport(test, id) };
}

/** The report of refused rows. */
export async function refusedOf({ client }: TestCore, id: string): Promise<string> {
  let text = '';
  for await (const part of await client.imports.refused({ id })) text += part.text;
  return text;
}
