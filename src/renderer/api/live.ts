import { create } from 'zustand';
import type { LiveMessage } from '../../shared/contract/app.ts';
import { client } from './client.ts';
import { api, queryClient } from './query.ts';
import { useSession } from './session.ts';

interface ConnectionState {
  /** `connecting` only before the first connection, when nothing was lost yet. */
  state: 'connecting' | 'online' | 'lost';
}

export const useConnection = create<ConnectionState>()(() => ({ state: 'connecting' }));

type Topic = Extract<LiveMessage, { kind: 'changed' }>['changes'][number]['topic'];
type Notified = Extract<LiveMessage, { kind: 'notified' }>;

const firstDelay = 250;
const longestDelay = 5_000;
const pingEvery = 10_000;
const pingTimeout = 8_000;

function keysOf(topic: Topic): readonly (readonly unknown[])[] {
  switch (topic) {
    case 'contact':
      return [api.contacts.key(), ...acrossKinds()];
    case 'company':
      return [api.companies.key(), ...acrossKinds()];
    case 'deal':
      return [api.deals.key(), api.pipeline.key(), ...acrossKinds()];
    case 'task':
      return [api.activities.key(), ...acrossKinds()];
    case 'note':
      return [api.notes.key(), api.timeline.key(), api.search.key()];
    case 'workflow':
      return [
        api.workflows.key(),
        api.hooks.key(),
        api.away.key(),
        api.home.key(),
        api.insight.key(),
      ];
    case 'execution':
      return [
        api.executions.key(),
        api.insight.key(),
        api.workflows.key(),
        api.hooks.key(),
        api.away.key(),
        api.home.key(),
        api.timeline.key(),
      ];
    case 'custom_field':
      return [
        api.custom_fields.key(),
        api.contacts.key(),
        api.companies.key(),
        api.deals.key(),
        api.activities.key(),
      ];
    case 'tag':
      return [
        api.tags.key(),
        api.contacts.key(),
        api.companies.key(),
        api.deals.key(),
        api.activities.key(),
      ];
    case 'pipeline':
    case 'stage':
      return [api.pipeline.key(), api.pipelines.key(), api.deals.key(), ...acrossKinds()];
    case 'contact_link':
      return [api.contacts.key(), api.companies.key(), api.deals.key()];
    case 'notification':
      return [api.notifications.key(), api.home.key()];
    case 'settings':
      return [api.settings.key(), api.system.key(), api.access.key()];
    case 'delivery':
      return [api.outbox.key(), api.home.key()];
    case 'connection':
      return [api.connections.key()];
    case 'mail_account':
      return [api.mail_accounts.key()];
    case 'email_template':
      return [api.email_templates.key()];
    case 'view':
      return [api.views.list.key(), api.views.get.key()];
    case 'backup':
      return [api.backups.key()];
  }
}

/** What shows records of any kind. */
function acrossKinds(): readonly (readonly unknown[])[] {
  const { query, count, groups } = api.views;
  const { search, home, bin, timeline } = api;
  return [query, count, groups, search, home, bin, timeline].map((part) => part.key());
}

/** Collects topics for a moment, so that a run of twenty writes is one refetch. */
function createInvalidator() {
  const topics = new Set<Topic>();
  let timer = 0;

  function flush(): void {
    // A refetch now would bring back, for a blink, what an optimistic write just replaced.
    if (queryClient.isMutating() > 0) {
      timer = window.setTimeout(flush, 60);
      return;
    }
    timer = 0;
    const keys = new Map<string, readonly unknown[]>();
    for (const topic of topics) {
      for (const key of keysOf(topic)) keys.set(JSON.stringify(key), key);
    }
    // The first record of all ends the first start.
    keys.set('info', api.system.info.key());
    topics.clear();
    for (const queryKey of keys.values()) void queryClient.invalidateQueries({ queryKey });
  }

  return (changed: Iterable<Topic>) => {
    for (const topic of changed) topics.add(topic);
    timer ||= window.setTimeout(flush, 60);
  };
}

const wait = (milliseconds: number) =>
  new Promise<void>((resolve) => {
    window.setTimeout(resolve, milliseconds);
  });

/** Ends the stream when the other side stopped answering: a dead port is silent, not closed. */
function watchPulse(controller: AbortController): () => void {
  const timer = window.setInterval(() => {
    const late = window.setTimeout(() => controller.abort(), pingTimeout);
    client.system
      .health()
      .catch(() => controller.abort())
      .finally(() => window.clearTimeout(late));
  }, pingEvery);
  return () => window.clearInterval(timer);
}

/** Follows what happens in the file until stopped; reconnects by itself. */
export function followChanges(onNotified: (message: Notified) => void): () => void {
  const invalidate = createInvalidator();
  let delay = firstDelay;
  let current = new AbortController();
  const stop = new AbortController();

  function receive(message: LiveMessage): void {
    switch (message.kind) {
      case 'hello':
        delay = firstDelay;
        useConnection.setState({ state: 'online' });
        // Whatever was said while nobody listened is lost: ask for everything again. The first time too, for the first
        // screen asked before this stream was there.
        void queryClient.invalidateQueries();
        return;
      case 'all':
        void queryClient.invalidateQueries();
        return;
      case 'changed':
        invalidate(message.changes.map((change) => change.topic));
        return;
      case 'notified':
        onNotified(message);
    }
  }

  async function listen(): Promise<void> {
    current = new AbortController();
    const stopPulse = watchPulse(current);
    try {
      const stream = await client.live.changes(undefined, { signal: current.signal });
      current.signal.addEventListener('abort', () => void stream.return?.(undefined));
      for await (const message of stream) {
        if (stop.signal.aborted) return;
        receive(message);
      }
    } finally {
      stopPulse();
    }
  }

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      await listen().catch(() => undefined);
      if (stop.signal.aborted || useSession.getState().state === 'needed') return;
      useConnection.setState({ state: 'lost' });
      await wait(delay);
      delay = Math.min(delay * 2, longestDelay);
    }
  }

  void run();
  return () => {
    stop.abort();
    current.abort();
  };
}
