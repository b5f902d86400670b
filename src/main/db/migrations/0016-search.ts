/**
 * The search index: an FTS5 table beside each table of records, kept by triggers, so that rows written by SQL are found
 * as well (docs/adr/0016-search-index-by-triggers.md). The text itself stays in the record's own table (external content);
 * no positions and no sizes are kept, since results are ordered by age. Records in the bin stay in the index and are
 * left out when read. Prefix indexes only where one finds while typing; a prefix without one visits every
 * row it is in, and of a million contacts most may share a mail domain.
 */
export const search = {
  version: 16,
  name: 'search',
  sql: `
CREATE VIRTUAL TABLE contact_search USING fts5(
  first_name, last_name, email, phone,
  content='contacts', content_rowid='seq', tokenize='unicode61 remove_diacritics 2',
  prefix='1 2 3 4 5 6 7', detail='none', columnsize=0
);
CREATE TRIGGER contact_search_insert AFTER INSERT ON contacts BEGIN
  INSERT INTO contact_search (rowid, first_name, last_name, email, phone)
    VALUES (new.seq, new.first_name, new.last_name, new.email, new.phone);
END;
CREATE TRIGGER contact_search_delete AFTER DELETE ON contacts BEGIN
  INSERT INTO contact_search (contact_search, rowid, first_name, last_name, email, phone)
    VALUES ('delete', old.seq, old.first_name, old.last_name, old.email, old.phone);
END;
CREATE TRIGGER contact_search_update AFTER UPDATE OF seq, first_name, last_name, email, phone ON contacts BEGIN
  INSERT INTO contact_search (contact_search, rowid, first_name, last_name, email, phone)
    VALUES ('delete', old.seq, old.first_name, old.last_name, old.email, old.phone);
  INSERT INTO contact_search (rowid, first_name, last_name, email, phone)
    VALUES (new.seq, new.first_name, new.last_name, new.email, new.phone);
END;

CREATE VIRTUAL TABLE company_search USING fts5(
  name, domain,
  content='companies', content_rowid='seq', tokenize='unicode61 remove_diacritics 2',
  prefix='1 2 3', detail='none', columnsize=0
);
CREATE TRIGGER company_search_insert AFTER INSERT ON companies BEGIN
  INSERT INTO company_search (rowid, name, domain) VALUES (new.seq, new.name, new.domain);
END;
CREATE TRIGGER company_search_delete AFTER DELETE ON companies BEGIN
  INSERT INTO company_search (company_search, rowid, name, domain) VALUES ('delete', old.seq, old.name, old.domain);
END;
CREATE TRIGGER company_search_update AFTER UPDATE OF seq, name, domain ON companies BEGIN
  INSERT INTO company_search (company_search, rowid, name, domain) VALUES ('delete', old.seq, old.name, old.domain);
  INSERT INTO company_search (rowid, name, domain) VALUES (new.seq, new.name, new.domain);
END;

CREATE VIRTUAL TABLE deal_search USING fts5(
  title,
  content='deals', content_rowid='seq', tokenize='unicode61 remove_diacritics 2',
  prefix='1 2 3', detail='none', columnsize=0
);
CREATE TRIGGER deal_search_insert AFTER INSERT ON deals BEGIN
  INSERT INTO deal_search (rowid, title) VALUES (new.seq, new.title);
END;
CREATE TRIGGER deal_search_delete AFTER DELETE ON deals BEGIN
  INSERT INTO deal_search (deal_search, rowid, title) VALUES ('delete', old.seq, old.title);
END;
CREATE TRIGGER deal_search_update AFTER UPDATE OF seq, title ON deals BEGIN
  INSERT INTO deal_search (deal_search, rowid, title) VALUES ('delete', old.seq, old.title);
  INSERT INTO deal_search (rowid, title) VALUES (new.seq, new.title);
END;

CREATE VIRTUAL TABLE deal_text_search USING fts5(
  description,
  content='deals', content_rowid='seq', tokenize='unicode61 remove_diacritics 2',
  detail='none', columnsize=0
);
CREATE TRIGGER deal_text_search_insert AFTER INSERT ON deals WHEN new.description IS NOT NULL BEGIN
  INSERT INTO deal_text_search (rowid, description) VALUES (new.seq, new.description);
END;
CREATE TRIGGER deal_text_search_delete AFTER DELETE ON deals WHEN old.description IS NOT NULL BEGIN
  INSERT INTO deal_text_search (deal_text_search, rowid, description) VALUES ('delete', old.seq, old.description);
END;
CREATE TRIGGER deal_text_search_update AFTER UPDATE OF seq, description ON deals BEGIN
  INSERT INTO deal_text_search (deal_text_search, rowid, description)
    SELECT 'delete', old.seq, old.description WHERE old.description IS NOT NULL;
  INSERT INTO deal_text_search (rowid, description)
    SELECT new.seq, new.description WHERE new.description IS NOT NULL;
END;

CREATE VIRTUAL TABLE activity_search USING fts5(
  title, description,
  content='activities', content_rowid='seq', tokenize='unicode61 remove_diacritics 2',
  detail='none', columnsize=0
);
CREATE TRIGGER activity_search_insert AFTER INSERT ON activities BEGIN
  INSERT INTO activity_search (rowid, title, description) VALUES (new.seq, new.title, new.description);
END;
CREATE TRIGGER activity_search_delete AFTER DELETE ON activities BEGIN
  INSERT INTO activity_search (activity_search, rowid, title, description)
    VALUES ('delete', old.seq, old.title, old.description);
END;
CREATE TRIGGER activity_search_update AFTER UPDATE OF seq, title, description ON activities BEGIN
  INSERT INTO activity_search (activity_search, rowid, title, description)
    VALUES ('delete', old.seq, old.title, old.description);
  INSERT INTO activity_search (rowid, title, description) VALUES (new.seq, new.title, new.description);
END;

CREATE VIRTUAL TABLE note_search USING fts5(
  text,
  content='notes', content_rowid='seq', tokenize='unicode61 remove_diacritics 2',
  detail='none', columnsize=0
);
CREATE TRIGGER note_search_insert AFTER INSERT ON notes BEGIN
  INSERT INTO note_search (rowid, text) VALUES (new.seq, new.text);
END;
CREATE TRIGGER note_search_delete AFTER DELETE ON notes BEGIN
  INSERT INTO note_search (note_search, rowid, text) VALUES ('delete', old.seq, old.text);
END;
CREATE TRIGGER note_search_update AFTER UPDATE OF seq, text ON notes BEGIN
  INSERT INTO note_search (note_search, rowid, text) VALUES ('delete', old.seq, old.text);
  INSERT INTO note_search (rowid, text) VALUES (new.seq, new.text);
END;

INSERT INTO contact_search (contact_search) VALUES ('rebuild');
INSERT INTO company_search (company_search) VALUES ('rebuild');
INSERT INTO deal_search (deal_search) VALUES ('rebuild');
INSERT INTO deal_text_search (deal_text_search) VALUES ('rebuild');
INSERT INTO activity_search (activity_search) VALUES ('rebuild');
INSERT INTO note_search (note_search) VALUES ('rebuild');
`,
} as const;
