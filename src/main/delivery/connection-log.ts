import type { ConnectionEntry } from '../../shared/contract/deliveries.ts';
import type { Page } from '../../shared/contract/lists.ts';
import { type PageQuery, readPage } from '../crm/records/page.ts';
import { isNetworkOff } from '../crm/settings/network-settings.ts';
import type { Reader } from '../db/handle.ts';
import type { Committer, UnitOfWork } from '../db/unit-of-work.ts';
import { type ConnectionGate, type ConnectionTarget, NetworkClosedError } from './ports.ts';

/** Why a connection is opened. */
export interface ConnectionPurpose {
  readonly purpose: 'email' | 'webhook' | 'account_test';
  readonly workflow_id: string | null;
  readonly execution_id: string | null;
  readonly delivery_id: string | null;
}

/**
 * The one gate to the network: every adapter asks it before it opens a connection. It says no while "No network" is
 * on, and writes down each connection before it is opened.
 */
export class Network {
  private readonly reader: Reader;
  private readonly committer: Committer;

  constructor(reader: Reader, committer: Committer) {
    this.reader = reader;
    this.committer = committer;
  }

  get isOff(): boolean {
    return isNetworkOff(this.reader);
  }

  gateFor(purpose: ConnectionPurpose): ConnectionGate {
    return (target) => {
      if (this.isOff) throw new NetworkClosedError();
      this.committer.commit({ kind: 'user' }, (unit) => insertConnection(unit, purpose, target));
    };
  }
}

function insertConnection(
  unit: UnitOfWork,
  { purpose, workflow_id, execution_id, delivery_id }: ConnectionPurpose,
  { protocol, host, port }: ConnectionTarget,
): void {
  const id = unit.ids.next();
  unit.db.run(
    `INSERT INTO connections (id, opened_at, purpose, protocol, host, port, workflow_id, execution_id, delivery_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    unit.nowText,
    purpose,
    protocol,
    host,
    port,
    workflow_id,
    execution_id,
    delivery_id,
  );
  unit.touch('connection', id);
}

interface ConnectionRow extends ConnectionEntry {
  readonly seq: number;
}

export function listConnections(db: Reader, query: PageQuery): Page<ConnectionEntry> {
  const select =
    'SELECT r.*, w.name AS workflow_name FROM connections r LEFT JOIN workflows w ON w.id = r.workflow_id';
  return readPage<ConnectionRow, ConnectionEntry>(db, select, [], query, (row) => {
    const { seq: _seq, ...entry } = row;
    return entry;
  });
}
