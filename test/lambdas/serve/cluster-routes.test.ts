import { describe, expect, it } from 'vitest';
import { memberLine } from '../../../lambdas/core/story/cluster-members.ts';
import { originalReference } from '../../../lambdas/core/story/copy-references.ts';
import { hostileStories } from '../../support/feed-fixture.ts';
import { serveFixture, storyId, storyOf } from '../../support/serve-fixture.ts';

const event = storyId(9);
const first = storyOf({ n: 9, cluster: event });
const copy = { ...storyOf({ n: 4, cluster: event, source: 'mod-fi' }) };
const stories = [first, { ...copy, original: originalReference(copy, first) }, storyOf({ n: 20 })];

const json = async (response: Response) => JSON.parse(await response.text());

describe('/api/clusters/{id}', () => {
  it('is the same document by the id of the event and of any of its stories', async () => {
    const { get, clusters, reader } = serveFixture(stories);
    const byEvent = await json(await get(`/api/clusters/${event}`));
    expect(byEvent).toMatchObject({
      id: event,
      lead: event,
      counts: { stories: 2, independent: 1, copies: 1 },
    });
    expect([clusters.asked.length, reader.reads()]).toEqual([1, 0]);
    expect(await json(await get(`/api/clusters/${storyId(4)}`))).toEqual(byEvent);
  });

  it('is an event of one for a story alone, or one whose cluster is gone', async () => {
    const { get, clusters } = serveFixture(stories);
    expect(await json(await get(`/api/clusters/${storyId(20)}`))).toMatchObject({
      id: storyId(20),
      counts: { stories: 1, independent: 1, copies: 0, sources: 1 },
      complete: true,
      members: [{ id: storyId(20) }],
    });
    clusters.cluster = async () => null;
    expect(await json(await get(`/api/clusters/${storyId(4)}`))).toMatchObject({
      id: storyId(4),
      complete: true,
    });
  });

  it('leads on from a cluster that everybody left to where the story it began with stands now', async () => {
    const moved = storyOf({ n: 30, cluster: event });
    const { get, clusters } = serveFixture([...stories, moved]);
    clusters.put({ id: moved.id, members: [], total: 0, version: 3 });
    expect(await json(await get(`/api/clusters/${moved.id}`))).toMatchObject({
      id: event,
      counts: { stories: 3 },
    });
  });

  it.each([storyId(999), 'short', `${event}/`, 'S%23x', 'a'.repeat(65)])('is 404 for %s', async (id) => {
    const response = await serveFixture(stories).get(`/api/clusters/${id}`);
    expect([response.status, response.headers.get('cache-control')]).toEqual([404, 'no-store']);
  });

  it('takes no parameter, and refuses before it reads', async () => {
    const { get, clusters, reader } = serveFixture(stories);
    expect((await get(`/api/clusters/${event}?collapse=none`)).status).toBe(400);
    expect([clusters.asked.length, reader.reads()]).toEqual([0, 0]);
  });

  it('can be kept, asked for conditionally, and changes its tag when the event grows', async () => {
    const { get, reader } = serveFixture(stories);
    const path = `/api/clusters/${event}`;
    const response = await get(path);
    const etag = response.headers.get('etag') ?? '';
    expect(response.headers.get('cache-control')).toMatch(/^public, max-age=60/);
    expect((await get(path, { 'if-none-match': etag })).status).toBe(304);
    reader.add(storyOf({ n: 1, cluster: event }));
    const grown = await get(path, { 'if-none-match': etag });
    expect([grown.status, (await json(grown)).counts.stories]).toEqual([200, 3]);
    expect(grown.headers.get('last-modified')).not.toBe(response.headers.get('last-modified'));
  });

  it('is well-formed for hostile stories, and logs what it showed', async () => {
    const members = hostileStories.map((story) => ({ ...story, cluster: hostileStories[0]?.id ?? '' }));
    const { get, logged } = serveFixture(members);
    const text = await (await get(`/api/clusters/${members[0]?.id}`)).text();
    expect(text).not.toMatch(/\\ud[89a-f][0-9a-f]{2}/i);
    expect(JSON.parse(text).members).toHaveLength(members.length);
    expect(logged.at(-1)?.fields).toMatchObject({ clusterId: members[0]?.id, stories: members.length });
  });

  it('is a 500 that says nothing of its cause when the store fails', async () => {
    const { get, clusters } = serveFixture(stories);
    clusters.cluster = async () => Promise.reject(new Error('table SECRET-NAME is gone'));
    const response = await get(`/api/clusters/${event}`);
    expect([response.status, (await response.text()).includes('SECRET')]).toEqual([500, false]);
  });
});

describe('/api/stories/{id}', () => {
  it('adds the members of its event, at the price of one more read where it has one', async () => {
    const { get, clusters } = serveFixture(stories);
    const story = await json(await get(`/api/stories/${event}`));
    expect(story.members.map(({ id }: { id: string }) => id)).toEqual([event, storyId(4)]);
    expect(story.copies).toMatchObject([{ id: storyId(4), source: 'mod-fi' }]);
    expect(clusters.asked).toEqual([event]);
    expect(await json(await get(`/api/stories/${storyId(20)}`))).toMatchObject({
      members: [],
      copies: [],
      cluster: null,
    });
    expect(clusters.asked).toHaveLength(1);
  });
});

describe('an event that is larger than its names', () => {
  it('says so', async () => {
    const { get, clusters } = serveFixture(stories);
    clusters.put({ id: event, members: [memberLine(first)], total: 70, version: 70 });
    expect(await json(await get(`/api/clusters/${event}`))).toMatchObject({
      complete: false,
      counts: { stories: 70 },
    });
  });
});
