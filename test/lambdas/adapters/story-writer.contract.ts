import { beforeAll, describe, expect, it } from 'vitest';
import type { PlacementPlan } from '../../../lambdas/core/words/cluster.ts';
import type { StoredStory, StoryWriter } from '../../../lambdas/ports.ts';
import { idOf, storyAt } from '../../support/stories.ts';

const time = '2026-11-19T10:00:00.000Z';

/** What every story writer must hold between a claim and the wire, whatever it shows to readers. */
export function storyWriterContract(name: string, open: () => Promise<StoryWriter>): void {
  describe(`story writer, ${name}`, () => {
    let writer: StoryWriter;
    beforeAll(async () => {
      writer = await open();
    });

    let next = 0;
    const fresh = () => {
      next += 1;
      return storyAt(next, time);
    };
    const found = async (id: string): Promise<StoredStory> => {
      const stored = await writer.find(id);
      if (stored === null) throw new Error(`Expected a story ${id}, got none`);
      return stored;
    };
    const place = { cluster: null, original: null };
    const planOf = (id: string): PlacementPlan => ({
      own: { id, from: place, to: place },
      moves: [],
      seen: {},
    });

    it('claims an id once and lists nothing yet', async () => {
      const story = fresh();
      expect(await writer.claim(story)).toBe('claimed');
      expect(await writer.claim(story)).toBe('exists');
      expect(await writer.find(story.id)).toEqual({
        story,
        listed: 0,
        complete: false,
        dropped: [],
        plan: null,
      });
      expect(await writer.current(story.id)).toEqual(story);
    });

    it('knows nothing of an id that nobody claimed', async () => {
      expect(await writer.find(idOf(999_999))).toBeNull();
      expect(await writer.current(idOf(999_999))).toBeNull();
    });

    it('amends a claimed story and keeps what it is about to do, still unlisted', async () => {
      const story = fresh();
      await writer.claim(story);
      const amended = { ...story, cluster: 'c', version: 2 };
      const stored = await writer.amend(amended, await found(story.id), planOf(story.id));
      expect(stored).toEqual(await found(story.id));
      expect(stored).toMatchObject({ story: amended, listed: 0, complete: false, plan: planOf(story.id) });
    });

    it('refuses to amend a version that is no longer stored', async () => {
      const story = fresh();
      await writer.claim(story);
      const stored = await found(story.id);
      await writer.amend({ ...story, version: 2 }, stored, null);
      expect(await writer.amend({ ...story, version: 2, title: 'late' }, stored, null)).toBeNull();
      expect((await found(story.id)).story.title).toBe(story.title);
    });

    it('lists a story by publishing it, also when somebody amended it meanwhile', async () => {
      const story = fresh();
      await writer.claim(story);
      const claimed = await found(story.id);
      await writer.amend({ ...story, version: 2 }, claimed, planOf(story.id));
      await writer.publish(claimed);
      expect(await found(story.id)).toMatchObject({ listed: 2, complete: true });
    });

    it('is behind with its listings again when a published story is amended, until it is published', async () => {
      const story = fresh();
      expect(await writer.create(story)).toBe('created');
      await writer.amend({ ...story, version: 2 }, await found(story.id), null);
      const behind = await found(story.id);
      expect(behind).toMatchObject({ listed: 1, complete: false });
      await writer.publish(behind);
      expect(await found(story.id)).toMatchObject({ listed: 2, complete: true });
    });

    it('replaces a story, listings and all, and forgets what it was about to do', async () => {
      const story = fresh();
      await writer.claim(story);
      const stored = await writer.amend({ ...story, version: 2 }, await found(story.id), planOf(story.id));
      if (stored !== null) await writer.publish(stored);
      const replaced = { ...story, title: 'Third', version: 3 };
      expect(await writer.replace(replaced, { ...story, version: 2 })).toBe('replaced');
      expect(await found(story.id)).toMatchObject({ story: replaced, complete: true, plan: null });
      expect(await writer.replace(replaced, { ...story, version: 2 })).toBe('conflict');
    });

    it('stamps a story at the version it has', async () => {
      const story = fresh();
      await writer.create(story);
      const stored = await found(story.id);
      expect(await writer.stamp({ ...story, taxonomyVersion: 9 }, stored)).toBe('stamped');
      expect(await found(story.id)).toMatchObject({
        story: { taxonomyVersion: 9, version: 1 },
        complete: true,
      });
    });
  });
}
