import { afterEach, describe, expect, it } from 'vitest';
import {
  answerSampleRequest,
  createSamplePublisher,
  startSamplePublisher,
} from '../../../../lambdas/adapters/local/sample-publisher.ts';
import type { SampleRequest } from '../../../../lambdas/adapters/local/sample-publisher.ts';
import { loadSampleWire } from '../../../../lambdas/adapters/local/sample/load-sample-wire.ts';
import { sampleCatalogue } from '../../../../lambdas/adapters/local/sample/sample-catalogue.ts';
import type { SampleWire } from '../../../../lambdas/adapters/local/sample/sample-wire.ts';

const wire = loadSampleWire('data/sample');
const epochMs = Date.UTC(2026, 10, 23, 12, 0, 0, 400);
const at = (minutes: number) => ({ epochMs, nowMs: epochMs + minutes * 60_000 });
const get = (path: string, more: Partial<SampleRequest> = {}): SampleRequest => ({
  method: 'GET',
  path,
  ...more,
});
const answer = (path: string, minutes = 0, more: Partial<SampleRequest> = {}) =>
  answerSampleRequest(wire, get(path, more), at(minutes));
const text = ({ body }: { body: Uint8Array }) => Buffer.from(body).toString('utf8');

function feedOf(id: string) {
  const feed = wire.feeds.find((candidate) => candidate.id === id);
  if (feed === undefined) throw new Error(`Expected a feed ${id}`);
  return feed;
}

describe('answerSampleRequest', () => {
  it('answers every feed of the catalogue, and the one that moved at its new address', () => {
    const statuses = sampleCatalogue(wire, 'http://127.0.0.1:9').feeds.map(({ id, url }) => {
      return [id, answer(new URL(url).pathname).status] as const;
    });
    const odd = statuses.filter(([, status]) => status !== 200);
    expect(odd).toEqual([
      ['westmarch-defence', 301],
      ['nordic-materiel-notices', 503],
    ]);
  });

  it('redirects for good from the old address to one that answers', () => {
    const moved = answer('/westmarch/defense.xml');
    expect(moved.status).toBe(301);
    expect(answer(moved.headers.location ?? '').status).toBe(200);
  });

  it('says when to come back while a feed is down', () => {
    const down = answer('/nordic-materiel/notices.atom');
    expect(down.status).toBe(503);
    expect(Number(down.headers['retry-after'])).toBeGreaterThan(0);
  });

  it.each(wire.feeds.filter((feed) => feed.downRetryAfterSeconds === null))(
    '$id answers 304 without a body to the validators it gave, and sends none when it has none',
    (feed) => {
      const first = answer(feed.path);
      const { etag, 'last-modified': lastModified } = first.headers;
      expect(etag !== undefined).toBe(feed.validators === 'both' || feed.validators === 'etag');
      expect(lastModified !== undefined).toBe(
        feed.validators === 'both' || feed.validators === 'last-modified',
      );
      const again = answer(feed.path, 0.1, { ifNoneMatch: etag, ifModifiedSince: lastModified });
      expect(again.status).toBe(feed.validators === 'none' ? 200 : 304);
      if (again.status === 304) expect(again.body.byteLength).toBe(0);
    },
  );

  it('compares entity tags weakly, in lists and as a star', () => {
    const { etag = '' } = answer('/trackline/feed.rss').headers;
    for (const given of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      expect(answer('/trackline/feed.rss', 0, { ifNoneMatch: given }).status).toBe(304);
    }
    for (const given of ['"x"', '', etag.slice(1, -1)]) {
      expect(answer('/trackline/feed.rss', 0, { ifNoneMatch: given }).status).toBe(200);
    }
  });

  it('lets an entity tag that no longer holds win over a date that does', () => {
    const { 'last-modified': ifModifiedSince } = answer('/hull-horizon/feed.rss').headers;
    expect(answer('/hull-horizon/feed.rss', 0, { ifNoneMatch: '"old"', ifModifiedSince }).status).toBe(200);
  });

  it('ignores a date it cannot read', () => {
    expect(answer('/tarnhill/analysis.rdf', 0, { ifModifiedSince: 'yesterday' }).status).toBe(200);
  });

  it('gives the same bytes for as long as nothing new is visible', () => {
    for (const { path } of wire.feeds) expect(text(answer(path, 0.2))).toBe(text(answer(path, 0.1)));
  });

  it('shows a story once the clock reaches it, with new validators', () => {
    const path = '/hull-horizon/feed.rss';
    const before = answer(path, 0.99);
    const after = answer(path, 1);
    expect(text(before)).not.toContain('?p=20450<');
    expect(text(after)).toContain('?p=20450<');
    expect(answer(path, 1, { ifNoneMatch: before.headers.etag }).status).toBe(200);
    expect(
      answer('/tarnhill/analysis.rdf', 11, {
        ifModifiedSince: answer('/tarnhill/analysis.rdf', 10).headers['last-modified'],
      }).status,
    ).toBe(200);
  });

  it('edits a story under the same guid, link and published date', () => {
    const item = (minutes: number) =>
      text(answer('/corvane/defence.json', minutes))
        .split('\n    {\n')
        .find((part) => part.includes('"urn:corvane:odesa-port-drones"'));
    const before = item(11);
    const after = item(12);
    for (const field of ['id', 'url', 'date_published']) {
      const line = new RegExp(`"${field}": .*`);
      expect(after?.match(line)?.[0]).toBe(before?.match(line)?.[0]);
      expect(before).toMatch(line);
    }
    expect(before).not.toContain('UPDATE 1');
    expect(after).toContain('UPDATE 1');
    expect(after).toContain('date_modified');
    expect(item(60)).toContain('UPDATE 2');
  });

  it('gives one story of two feeds the same guid and, in the tracked one, another link', () => {
    const main = text(answer('/hull-horizon/feed.rss', 2));
    const section = text(answer('/hull-horizon/undersea.rss', 2));
    expect(main).toContain('>https://hullandhorizon.example/?p=20450<');
    expect(section).toContain('>https://hullandhorizon.example/?p=20450<');
    expect(section).toContain('/news/20450/?utm_source=rss&amp;utm_medium=feed<');
  });

  it('writes relative links under an absolute base', () => {
    const document = text(answer('/skyvane/latest.atom'));
    expect(document).toContain('xml:base="https://skyvane.example/"');
    expect(document).toContain('href="/air/');
  });

  it('leaves out the date or the guid where the story has none', () => {
    const document = text(answer('/trackline/feed.rss'));
    const item = (slug: string) => document.split('<item>').find((part) => part.includes(slug)) ?? '';
    expect(item('field-depot-3d')).not.toContain('pubDate');
    expect(item('leopard-upgrade-czech')).not.toContain('<guid');
    expect(item('leopard-upgrade-czech')).toContain('pubDate');
  });

  it('lists at most the forty newest stories', () => {
    const [story] = wire.stories;
    if (story === undefined) throw new Error('Expected a story');
    const stories = Array.from({ length: 60 }, (_, index) => ({ ...story, id: `s-${index}`, at: -index }));
    const long: SampleWire = { ...wire, stories };
    const feed = feedOf(story.feeds[0] ?? '');
    const document = text(answerSampleRequest(long, get(feed.path), at(0)));
    expect(document.split('<item>').length - 1).toBe(40);
    expect(document).toContain('s-0.html');
    expect(document).not.toContain('s-40.html');
  });

  it('lists the feeds at the root and ignores a query', () => {
    const list = answer('/?x=1');
    expect(list.headers['content-type']).toBe('text/plain; charset=utf-8');
    for (const feed of wire.feeds) expect(text(list)).toContain(feed.title);
  });

  it.each(['/none', '', '//', '/hull-horizon/feed.rss/', '/%', '/../etc/passwd', 'http://x/', '\u0000'])(
    'answers 404 to %j',
    (path) => {
      expect(answer(path).status).toBe(404);
    },
  );

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'get'])('answers 405 with Allow to %s', (method) => {
    const refused = answer('/', 0, { method });
    expect(refused.status).toBe(405);
    expect(refused.headers.allow).toBe('GET, HEAD');
  });
});

describe('sampleCatalogue', () => {
  const catalogue = sampleCatalogue(wire, 'http://127.0.0.1:8080');

  it('polls every minute, at the origin, from sources it lists', () => {
    const sources = new Set(catalogue.sources.map(({ id }) => id));
    for (const feed of catalogue.feeds) {
      expect(feed.every).toEqual({ min: 1, max: 1 });
      expect(feed.url.startsWith('http://127.0.0.1:8080/')).toBe(true);
      expect(sources.has(feed.source)).toBe(true);
    }
    expect(catalogue.feeds.length).toBe(wire.feeds.length);
  });

  it('still has the old address of the feed that moved', () => {
    expect(catalogue.feeds.find(({ id }) => id === 'westmarch-defence')?.url).toMatch(/defense\.xml$/);
  });
});

describe('startSamplePublisher', () => {
  let close = async () => {};
  afterEach(() => close());

  async function started(clock: () => number): Promise<string> {
    const publisher = await startSamplePublisher({ wire, epochMs, clock });
    close = () => publisher.close();
    return publisher.origin;
  }

  it('serves the wire on a loopback port and follows the clock it was given', async () => {
    let minutes = 0;
    const origin = await started(() => at(minutes).nowMs);
    expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const before = await fetch(`${origin}/corvane/defence.json`);
    expect(before.status).toBe(200);
    expect(before.headers.get('content-type')).toBe('application/feed+json');
    expect(await before.text()).not.toContain('odesa-port-drones');
    minutes = 0.4;
    expect(await (await fetch(`${origin}/corvane/defence.json`)).text()).toContain('odesa-port-drones');
  });

  it('answers HEAD with the headers of GET and no body, and 304 over the wire', async () => {
    const origin = await started(() => at(0).nowMs);
    const head = await fetch(`${origin}/trackline/feed.rss`, { method: 'HEAD' });
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(1_000);
    expect(await head.text()).toBe('');
    const headers = { 'if-none-match': head.headers.get('etag') ?? '' };
    expect((await fetch(`${origin}/trackline/feed.rss`, { headers })).status).toBe(304);
  });

  it('follows the redirect of the feed that moved', async () => {
    const origin = await started(() => at(0).nowMs);
    const response = await fetch(`${origin}/westmarch/defense.xml`);
    expect(response.redirected).toBe(true);
    expect(response.status).toBe(200);
    await response.arrayBuffer();
  });

  it('frees the port when closed', async () => {
    const origin = await started(() => at(0).nowMs);
    await close();
    close = async () => {};
    await expect(fetch(origin)).rejects.toThrow();
  });

  it('is a plain listener that another server can mount', () => {
    expect(createSamplePublisher({ wire, epochMs, clock: () => epochMs }).length).toBe(2);
  });
});
