/**
 * Contacts of further companies, and further contacts of deals, each with a role. The primary ones stay where they are,
 * in `contacts.company_id` and `deals.contact_id`; a row of the same pair only tells their role.
 */
export const contactLinks = {
  version: 36,
  name: 'contact-links',
  sql: `
CREATE TABLE contact_links (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  contact_id TEXT NOT NULL REFERENCES contacts(id),
  company_id TEXT REFERENCES companies(id),
  deal_id TEXT REFERENCES deals(id),
  role TEXT
);
CREATE INDEX contact_links_contact ON contact_links(contact_id);
CREATE INDEX contact_links_company ON contact_links(company_id) WHERE company_id IS NOT NULL;
CREATE INDEX contact_links_deal ON contact_links(deal_id) WHERE deal_id IS NOT NULL;
`,
} as const;
