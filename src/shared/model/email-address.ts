import addressparser from 'nodemailer/lib/addressparser';

export interface EmailAddress {
  readonly name: string;
  readonly address: string;
}

/** What counts as an address everywhere; the mail server has the last word. */
export const emailPattern = /^[^\s@"<>,;:()]{1,64}@[^\s@"<>,;:()]+\.[^\s@".<>,;:()]{2,}$/u;

/** More recipients than this is a list, and lists are not what mail from a CRM is for. */
const maximumAddresses = 100;

/**
 * Reads a list as people write it: `anna@example.com, "Berg, Uwe" <uwe@example.com>`.
 *
 * @returns the addresses, or the part that is none
 */
export function readAddresses(
  text: string,
): { readonly addresses: readonly EmailAddress[] } | { readonly fault: string } {
  // People and programs also part addresses by semicolons and lines.
  const list = text.replaceAll(/[\r\n]+/g, ',').trim();
  const addresses = addressparser(list, { flatten: true }).filter(
    ({ name, address }) => name !== '' || address !== '',
  );
  if (addresses.length > maximumAddresses)
    return { fault: `there are more than ${maximumAddresses} addresses` };
  const bad = addresses.find(({ address }) => !emailPattern.test(address));
  if (bad)
    return { fault: `"${bad.address || bad.name}" is no email address such as anna@example.com` };
  return { addresses: addresses.map(({ name, address }) => ({ name, address })) };
}

/** Two addresses are one mailbox when they differ in case alone. */
export function foldAddress(address: string): string {
  return address.trim().toLowerCase();
}
