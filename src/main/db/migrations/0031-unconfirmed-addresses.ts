/** Addresses near this computer that came with a file and that nobody has confirmed; null when there is none to ask about. */
export const unconfirmedAddresses = {
  version: 31,
  name: 'unconfirmed-addresses',
  sql: `
ALTER TABLE workflows ADD COLUMN unconfirmed_addresses TEXT;
`,
} as const;
