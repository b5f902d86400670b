import { z } from 'zod';
import { privateAddresses } from '../../../shared/workflow/portable/private-addresses.ts';
import { type DefinitionColumns, readStoredDefinition } from './stored-definition.ts';

const listSchema = z.array(z.string());

/** A text that is no list any more confirms nothing. */
function readList(text: string): readonly string[] | null {
  try {
    return listSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** @returns those of `actions` that stay near this computer, each once */
export function nearAddresses(actions: unknown): string[] {
  return [...new Set(privateAddresses(actions).map(({ url }) => url))];
}

/**
 * Addresses near this computer that came with a file, are still in a step, and were not confirmed. One that the user
 * wrote into a step afterwards is the user's own.
 *
 * @param stored `workflows.unconfirmed_addresses`
 */
export function unconfirmedIn(actions: unknown, stored: string | null): string[] {
  if (stored === null) return [];
  const listed = readList(stored);
  const near = nearAddresses(actions);
  return listed === null ? near : near.filter((url) => listed.includes(url));
}

/** As {@link unconfirmedIn}, of a workflow as it is stored. */
export function unconfirmedOf(
  row: DefinitionColumns & { readonly unconfirmed_addresses: string | null },
): string[] {
  if (row.unconfirmed_addresses === null) return [];
  return unconfirmedIn(readStoredDefinition(row).raw.actions, row.unconfirmed_addresses);
}

/** Why a workflow with such addresses does not run, and what to do. */
export function unconfirmedReason(addresses: readonly string[]): string {
  return `It came from a file and sends to addresses on this computer or its network that were not confirmed: ${addresses.join(', ')}. Turn it on with confirm_addresses: true to allow them, or change its webhook steps.`;
}
