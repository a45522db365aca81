import { describe, expect, it } from 'vitest';
import { clusterChanged, clusterDocument } from '../../../../lambdas/core/render/cluster-json.ts';
import { memberLine } from '../../../../lambdas/core/story/cluster-members.ts';
import { originalReference } from '../../../../lambdas/core/story/copy-references.ts';
import type { Story } from '../../../../lambdas/core/words/story.ts';
import { directory } from '../../../support/feed-fixture.ts';
import { nowMs, storyId, storyOf } from '../../../support/serve-fixture.ts';

const look = { directory, nowMs };
const cluster = storyId(9);
const first = storyOf({
  n: 9,
  cluster,
  title: 'Boat sinks',
  summary: 'With 12 aboard.',
  topics: ['sea.mines'],
  countries: ['FI'],
});
const repeated = storyOf({
  n: 8,
  cluster,
  source: 'wire-x',
  title: 'Boat sinks',
  topics: ['sea.mines'],
  countries: ['FI'],
});
const copy: Story = { ...repeated, original: originalReference(repeated, first) };
const official = storyOf({
  n: 5,
  cluster,
  source: 'mod-fi',
  kind: 'official',
  title: 'Statement on the loss',
  summary: '12 aboard, 3 rescued.',
  topics: ['sea.submarines'],
  countries: ['FI', 'SE'],
  revision: 2,
  updated: new Date(nowMs - 3_600_000).toISOString(),
});
const clusterOf = (members: readonly Story[], total = members.length) => ({
  id: cluster,
  members: members.map(memberLine),
  total,
  version: 1,
});

describe('clusterDocument', () => {
  it('says who was first, who leads, when, where and what about', () => {
    expect(clusterDocument(clusterOf([first, copy, official]), look)).toMatchObject({
      id: cluster,
      lead: official.id,
      title: 'Statement on the loss',
      firstReporter: {
        id: first.id,
        source: 'harbour-post',
        sourceTitle: 'Harbour Post',
        url: 'https://harbour.example/story/9',
        published: first.published,
        firstSeen: first.firstSeen,
      },
      firstSeen: first.firstSeen,
      lastSeen: official.firstSeen,
      complete: true,
      topics: ['sea.mines', 'sea.submarines'],
      countries: ['FI', 'SE'],
    });
  });

  it('tells copies from independent reports, in counts, members and timeline', () => {
    const document = clusterDocument(clusterOf([official, copy, first]), look);
    expect(document?.counts).toEqual({
      stories: 3,
      independent: 2,
      copies: 1,
      sources: 3,
      independentSources: 2,
    });
    expect(
      document?.members.map(({ id, copyOf, copies }) => [id, copyOf, copies.map((other) => other.id)]),
    ).toEqual([
      [first.id, null, [copy.id]],
      [copy.id, first.id, []],
      [official.id, null, []],
    ]);
    expect(
      document?.timeline.map(({ at, id, copies }) => [at, id, copies.map(({ sourceTitle }) => sourceTitle)]),
    ).toEqual([
      [first.firstSeen, first.id, ['wire-x']],
      [official.firstSeen, official.id, []],
    ]);
    expect(document?.timeline.map((entry) => [entry.new?.countries, entry.new?.figures])).toEqual([
      [['FI'], ['12 aboard']],
      [['SE'], ['3 rescued']],
    ]);
  });

  it('is the same in whatever order the members come', () => {
    const members = [first, copy, official];
    expect(clusterDocument(clusterOf(members.reverse()), look)).toEqual(
      clusterDocument(clusterOf([first, copy, official]), look),
    );
  });

  it('says when it does not name every story', () => {
    expect(clusterDocument(clusterOf([first, official], 80), look)).toMatchObject({
      complete: false,
      counts: { stories: 80, independent: 2 },
    });
  });

  it('is null without members, and never links to what may not be linked', () => {
    expect(clusterDocument(clusterOf([]), look)).toBeNull();
    const hostile = { ...first, url: 'javascript:alert(1)' };
    expect(JSON.stringify(clusterDocument(clusterOf([hostile, copy]), look))).not.toContain('javascript');
  });
});

describe('clusterChanged', () => {
  it('is the latest first sight or edit', () => {
    expect(clusterChanged(clusterOf([first, official]), nowMs)).toBe(nowMs - 3_600_000);
    expect(clusterChanged(clusterOf([first, copy]), nowMs)).toBe(nowMs - 8 * 3_600_000);
    expect(clusterChanged(clusterOf([]), nowMs)).toBeNull();
  });
});
