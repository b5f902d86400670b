import type { ApiClient } from '../../src/shared/contract/index.ts';
import type { ObjectName } from '../../src/shared/model/objects.ts';

type Client = Pick<ApiClient, 'contacts' | 'companies' | 'deals' | 'activities' | 'pipeline'>;

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

  constructor(client: Client, random: () => number) {
    this.client = client;
    this.random = random;
  }

  /** One action. @returns whether it changed anything */
  async act(): Promise<boolean> {
    const object = this.pick(['contact', 'company', 'deal', 'task'] as const);
    const id = this.someone(object);
    const dice = this.random();
    if (id === null || dice < 0.3) return this.create(object);
    if (dice < 0.42) return this.remove(object, id);
    return this.update(object, id);
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
