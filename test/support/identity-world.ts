import { contentHash, entryKey } from '../../lambdas/core/identity/identity.ts';
import type { UnidentifiedEntry } from '../../lambdas/core/identity/entry-signs.ts';
import { identifyEntries } from '../../lambdas/core/identity/identify-entries.ts';
import type { Distrust } from '../../lambdas/core/identity/guid-trust.ts';
import type { SeenEntry } from '../../lambdas/core/poll/feed-state.ts';
import { compareWithWindow } from '../../lambdas/core/poll/seen-window.ts';

/** An article as a feed lists it: `name` says which one it truly is. Day since the epoch or null for the date. */
export interface ListedArticle {
  readonly name: string;
  readonly guid: string | null;
  readonly link: string | null;
  readonly title: string;
  readonly summary: string;
  readonly day: number | null;
}

const dayMs = 86_400_000;

/** What the parse stage makes of it. */
export function unidentified({ guid, link, title, summary, day }: ListedArticle): UnidentifiedEntry {
  const identity = { id: guid, link, title, summary };
  const published = day === null ? null : new Date(day * dayMs).toISOString();
  return {
    identity,
    entry: {
      key: entryKey(identity),
      hash: contentHash({ title, summary, url: link }),
      title,
      url: link,
      published,
      updated: null,
      summary,
      authors: [],
      categories: [],
      lang: 'en',
    },
  };
}

/** What a poll handed on: the true names of what it called new or changed, and under which keys. */
export interface PolledNews {
  readonly fresh: readonly string[];
  readonly changed: readonly string[];
  readonly known: number;
  readonly keys: readonly string[];
}

/** A feed that is polled again and again; the memory is what a state row holds. */
export function identityFeed(memory: { window: readonly SeenEntry[]; distrust?: Distrust } = { window: [] }) {
  const state = { window: memory.window, distrust: memory.distrust };
  return {
    state,
    poll(listed: readonly ListedArticle[], today: number): PolledNews {
      const { window, distrust } = state;
      const remembered = { window, ...(distrust && { distrust }) };
      const found = identifyEntries(listed.map(unidentified), remembered, {
        addresses: ['https://news.example/', 'https://news.example/feed.xml'],
        today,
        siblings: [],
        isShared: false,
      });
      const compared = compareWithWindow(found.window, { entries: found.entries, isWhole: true }, today);
      state.window = compared.window;
      state.distrust = found.distrust;
      const nameOf = (key: string, title: string) =>
        listed.find((one, at) => found.entries[at]?.key === key && one.title === title)?.name ?? '';
      return {
        fresh: compared.fresh.map(({ entry }) => nameOf(entry.key, entry.title)),
        changed: compared.changed.map(({ entry }) => nameOf(entry.key, entry.title)),
        known: compared.known,
        keys: found.entries.map(({ key }) => key),
      };
    },
  };
}

const subjects = ['Frigate', 'Radar', 'Tanker', 'Brigade', 'Missile', 'Drone', 'Budget', 'Exercise'];

/** The n-th article of a sound feed, published on that day. */
export function article(number: number, day: number): ListedArticle {
  const subject = subjects[number % subjects.length];
  return {
    name: `n${number}`,
    guid: `tag:news.example,2026:${number}`,
    link: `https://news.example/2026/${subject?.toLowerCase()}-programme-moves-on-${number}`,
    title: `${subject} programme ${number} moves on after the trials`,
    summary: `The ${subject?.toLowerCase()} of programme ${number} went through its trials and will be handed over to the service later in the year.`,
    day,
  };
}
