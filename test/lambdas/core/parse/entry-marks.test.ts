import { describe, expect, it } from 'vitest';
import { type MarkSigns, marksOf } from '../../../../lambdas/core/parse/entry-marks.ts';

const plain: MarkSigns = {
  title: 'Navy gets a ship',
  url: 'https://example.org/2025/ship',
  categories: [],
  agency: null,
};
const marks = (over: Partial<MarkSigns>): readonly string[] => marksOf({ ...plain, ...over });

describe('marksOf', () => {
  it.each([
    ['sponsored', 'Sponsored: How to buy a ship'],
    ['sponsored', '[Sponsored] How to buy a ship'],
    ['sponsored', 'Partner Content | How to buy a ship'],
    ['press-release', 'PRESS RELEASE: Yard delivers ship'],
    ['live', 'LIVE: Ships leave the harbour'],
    ['live', 'Ships leave the harbour – live'],
    ['live', 'Live updates: Ships leave'],
    ['live', 'Harbour debate – as it happened'],
    ['newsletter', 'Harbour Newsletter #12'],
    ['newsletter', 'Newsletter: The week at sea'],
    ['podcast', 'Podcast: Who needs frigates?'],
    ['podcast', 'Ep. 12: Who needs frigates?'],
    ['podcast', 'Who needs frigates? – podcast'],
    ['digest', 'Daily Digest: Monday'],
    ['digest', 'Weekly roundup, 3 May'],
    ['digest', 'Morning Brief for May 3'],
    ['digest', 'News round-up'],
    ['digest', 'Week in review'],
  ])('says %s of the title %j', (mark, title) => {
    expect(marks({ title })).toEqual([mark]);
  });

  it.each([
    'State-sponsored hackers hit a yard',
    'Russia-sponsored fighters leave',
    'Sponsored bill would fund ships',
    'Live-fire exercise begins',
    'Live: fire drill at sea? No, live fire'.replace('Live: ', 'Live '),
    'Marines live on the ship',
    'Where sailors live',
    'Podcast host arrested',
    'Navy newsletter leaked secrets',
    'Daily briefing held by the ministry',
    'Weekly review of policy ordered',
    'Press releases of the ministry end',
    'Ministry to release report: press',
    'Week of exercises in review by auditors',
    'Episode of violence: two hurt',
    'Partner nations: content with the plan',
    'Advertisement banned in port',
  ])('says nothing of the title %j', (title) => {
    expect(marks({ title })).toEqual([]);
  });

  it.each([
    ['sponsored', 'https://example.org/sponsored/ship'],
    ['sponsored', 'https://example.org/partner_content/ship'],
    ['live', 'https://example.org/world/live/2025/ship'],
    ['press-release', 'https://example.org/Media/PRESS-RELEASES/Article/1/ship/'],
    ['newsletter', 'https://example.org/newsletters/ship'],
    ['podcast', 'https://example.org/podcasts/ship?x=/live/'],
  ])('says %s of the address %s', (mark, url) => {
    expect(marks({ url })).toEqual([mark]);
  });

  it.each([
    'https://example.org/2025/live',
    'https://live.example.org/ship',
    'https://example.org/state-sponsored/ship',
    'https://example.org/alive/ship',
    'https://example.org/ship?section=/podcast/x',
    null,
  ])('says nothing of the address %s', (url) => {
    expect(marks({ url })).toEqual([]);
  });

  it.each([
    ['sponsored', 'Sponsored Content'],
    ['press-release', 'press-release'],
    ['press-release', 'Communiqué de presse'],
    ['newsletter', 'Newsletters'],
    ['live', 'Live Blog'],
    ['digest', 'Early Bird'],
  ])('says %s of the category %s', (mark, category) => {
    expect(marks({ categories: ['Navy', category] })).toEqual([mark]);
  });

  it.each(['Live', 'State-sponsored', 'Sponsors', 'Press', 'Release', 'Brief'])(
    'says nothing of the category %s',
    (category) => {
      expect(marks({ categories: [category] })).toEqual([]);
    },
  );

  it('says each kind once and in a fixed order', () => {
    expect(
      marks({
        title: 'Podcast: x',
        url: 'https://example.org/podcast/live/x',
        categories: ['Podcasts', 'Advertorial'],
      }),
    ).toEqual(['sponsored', 'live', 'podcast']);
    expect(marks({ agency: 'Business Wire' })).toEqual(['press-release']);
    expect(marks({ agency: 'AP' })).toEqual([]);
  });
});
