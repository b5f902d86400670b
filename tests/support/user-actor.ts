import type { ApiClient } from '../../src/shared/contract/index.ts';
import type { ObjectName } from '../../src/shared/model/objects.ts';

type Client = Pick<
  ApiClient,
  'contacts' | 'companies' | 'deals' | 'activities' | 'notes' | 'contact_links'
>;

const words = ['Anna', 'Berg', 'Roof', 'Ätna', 'Müller', 'Öl', 'x', 'A longer text'];
const tagNames = ['vip', 'VIP', 'cold', 'Café', 'cafe', 'spring'];
const stages = ['qualification', 'proposal', 'negotiation', 'won', 'lost'];

/** Somebody at the screens who does this and that, the same for the same random numbers. */
export class UserActor {
  private readonly client: Client;
  private readonly random: () => number;
  private readonly alive: Record<ObjectName, string[]> = {
    contact: [],
    company: [],
    deal: [],
    task: [],
  };

  private readonly notes: string[] = [];

  constructor(client: Client, random: () => number) {
    this.client = client;
    this.random = random;
  }

  /** One action. @returns whether it changed anything */
  async act(): Promise<boolean> {
    const object = this.pick(['contact', 'company', 'deal', 'task'] as const);
    const id = this.someone(object);
    if (id !== null && this.random() < 0.15) return this.writeNote(object, id);
    if (object === 'deal' && id !== null && this.random() < 0.2) return this.link(id);
    const dice = this.random();
    if (id === null || dice < 0.3) return this.create(object);
    if (dice < 0.42) return this.remove(object, id);
    return this.update(object, id);
  }

  /** A new note, or a change of the last one, or its end. */
  private async writeNote(object: ObjectName, id: string): Promise<boolean> {
    const { notes } = this.client;
    const last = this.notes.at(-1);
    const dice = this.random();
    if (last === undefined || dice < 0.6) {
      const note = await notes.create({ object, record_id: id, body: this.pick(words) });
      this.notes.push(note.id);
      return true;
    }
    if (dice < 0.8) {
      const { updated_at: before, body } = await notes.get({ id: last });
      const after = await notes.update({ id: last, body: `${this.pick(words)} again` });
      return after.body !== body || after.updated_at !== before;
    }
    this.notes.pop();
    await notes.remove({ id: last });
    return true;
  }

  /** Somebody more in a deal, another part for one, the first place for one, or one less. */
  private async link(dealId: string): Promise<boolean> {
    const links = this.client.contact_links;
    const contactId = this.someone('contact');
    const { items } = await links.list({ deal_id: dealId });
    const known = items.find((one) => one.id !== null);
    const dice = this.random();
    if (contactId !== null && dice < 0.5) {
      if (items.some((one) => one.contact_id === contactId && one.id !== null)) return false;
      await links.create({ contact_id: contactId, deal_id: dealId, role: this.pick(words) });
      return true;
    }
    if (!known?.id) return false;
    if (dice < 0.8) {
      const role = this.pick(words);
      const isPrimary = this.random() < 0.5;
      await links.update({ id: known.id, role, ...(isPrimary ? { is_primary: true } : {}) });
      return role !== known.role || (isPrimary && !known.is_primary);
    }
    await links.remove({ id: known.id });
    return true;
  }

  private pick<T>(list: readonly T[]): T {
    const found = list[Math.floor(this.random() * list.length)];
    if (found === undefined) throw new Error('There is nothing to pick from');
    return found;
  }

  private someone(object: ObjectName): string | null {
    return this.alive[object].length === 0 ? null : this.pick(this.alive[object]);
  }

  /** An optional value: sometimes left as it is, sometimes emptied. */
  private maybe<T>(value: () => T): T | null | undefined {
    const dice = this.random();
    return dice < 0.35 ? undefined : dice < 0.5 ? null : value();
  }

  private tags(): string[] | undefined {
    if (this.random() < 0.5) return undefined;
    return tagNames.filter(() => this.random() < 0.4);
  }

  private async create(object: ObjectName): Promise<boolean> {
    const { contacts, companies, deals, activities } = this.client;
    const made = {
      contact: () => contacts.create({ first_name: this.pick(words), ...this.contact() }),
      company: () => companies.create({ name: this.pick(words), ...this.company() }),
      deal: () => deals.create({ title: this.pick(words), ...this.deal() }),
      task: () => activities.create({ type: 'task', title: this.pick(words), ...this.task() }),
    };
    const { id } = await made[object]();
    this.alive[object].push(id);
    return true;
  }

  private async update(object: ObjectName, id: string): Promise<boolean> {
    const { contacts, companies, deals, activities } = this.client;
    const calls = {
      contact: {
        get: () => contacts.get({ id }),
        set: () => contacts.update({ id, ...this.contact() }),
      },
      company: {
        get: () => companies.get({ id }),
        set: () => companies.update({ id, ...this.company() }),
      },
      deal: { get: () => deals.get({ id }), set: () => deals.update({ id, ...this.deal() }) },
      task: {
        get: () => activities.get({ id }),
        set: () => activities.update({ id, ...this.task() }),
      },
    }[object];
    const before = await calls.get();
    const after = await calls.set();
    return JSON.stringify(before) !== JSON.stringify(after);
  }

  private async remove(object: ObjectName, id: string): Promise<boolean> {
    const { contacts, companies, deals, activities } = this.client;
    const router = { contact: contacts, company: companies, deal: deals, task: activities }[object];
    await router.remove({ id });
    this.alive[object] = this.alive[object].filter((other) => other !== id);
    return true;
  }

  private contact() {
    return {
      last_name: this.maybe(() => this.pick(words)),
      email: this.maybe(() => `${Math.floor(this.random() * 9)}@example.com`),
      company_id: this.maybe(() => this.someone('company')),
      tags: this.tags(),
    };
  }

  private company() {
    return {
      domain: this.maybe(() => 'example.com'),
      address: this.maybe(() => this.pick(words)),
      tags: this.tags(),
    };
  }

  private deal() {
    return {
      // A whole amount, which every currency can hold.
      value: this.maybe(() => Math.floor(this.random() * 1_000)),
      currency: this.random() < 0.3 ? this.pick(['EUR', 'JPY', 'KWD']) : undefined,
      stage: this.random() < 0.5 ? this.pick(stages) : undefined,
      contact_id: this.maybe(() => this.someone('contact')),
      company_id: this.maybe(() => this.someone('company')),
      expected_close_date: this.maybe(() => '2026-04-01'),
      cf_size: this.maybe(() => Math.floor(this.random() * 3)),
      cf_kinds: this.maybe(() => ['a', 'b'].filter(() => this.random() < 0.5)),
      tags: this.tags(),
    };
  }

  private task() {
    return {
      priority: this.maybe(() => this.pick(['low', 'normal', 'high'] as const)),
      due_at: this.maybe(() => '2026-04-01T09:00:00Z'),
      completed_at: this.maybe(() => '2026-03-03T09:00:00Z'),
      deal_id: this.maybe(() => this.someone('deal')),
      tags: this.tags(),
    };
  }
}
