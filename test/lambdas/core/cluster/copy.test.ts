import { describe, expect, it } from 'vitest';
import { isCopy } from '../../../../lambdas/core/cluster/copy.ts';
import { signatureOf } from '../../../../lambdas/core/cluster/signature.ts';
import { WordWeights } from '../../../../lambdas/core/cluster/weights.ts';
import type { StoryLine } from '../../../../lambdas/core/words/story.ts';
import { madeLine, ownWeights } from './made-lines.ts';

const words = new WordWeights(ownWeights());
type Fields = Partial<StoryLine>;

function copies(one: Fields, other: Fields): boolean {
  const [first, second] = [madeLine({ id: 'a', ...one }), madeLine({ id: 'b', ...other })].map((line) =>
    signatureOf(line, words),
  );
  if (first === undefined || second === undefined) throw new Error('Expected two signatures');
  const answer = isCopy(first, second);
  expect(isCopy(second, first)).toBe(answer);
  return answer;
}

const title = 'Norwegian frigate rams tanker in Hjeltefjord, eight sailors hurt';
const summary =
  'BERGEN (AP) — A frigate of the Norwegian navy struck a laden tanker in the Hjeltefjord early on Thursday and had to be beached.';

describe('copies of one text', () => {
  it('have one title, apart from labels and the outlet', () => {
    expect(copies({ title: `UPDATE 2-${title}` }, { title: `${title} | Harbour Herald` })).toBe(true);
    expect(copies({ title, summary }, { title, summary: '' })).toBe(true);
  });

  it('are of two sources', () => {
    expect(copies({ title, source: 's' }, { title, source: 's' })).toBe(false);
  });

  it('appear within three days', () => {
    const later = '2026-03-06T06:00:00.000Z';
    expect(copies({ title }, { title, published: later, sortTime: later })).toBe(false);
  });

  it('are in one language', () => {
    expect(copies({ title }, { title, lang: 'no' })).toBe(false);
  });

  it('may open with the same words under another headline', () => {
    const other = { title: 'Navy ship beached after collision off Bergen', summary: summary.slice(14) };
    expect(copies({ title, summary }, other)).toBe(true);
  });

  it('differ in no number of their titles', () => {
    const strike = (count: string): Fields => ({
      title: `Ukraine shoots down ${count} of 96 Russian drones launched overnight`,
      summary:
        'The air force said that drones were destroyed over the south, the centre and the north of the country.',
    });
    expect(copies(strike('71'), strike('71'))).toBe(true);
    expect(copies(strike('71'), strike('68'))).toBe(false);
  });

  it.each([
    ['Show news: day 1 at the Farnborough airshow', 'Show news: day 2 at the Farnborough airshow'],
    ['Pentagon contracts announced for March 4', 'Pentagon contracts announced for March 5'],
  ])('are not two issues of a series: %s', (one, other) => {
    expect(copies({ title: one, summary }, { title: other, summary })).toBe(false);
  });

  it('are not told by a title that says little', () => {
    const general = { title: 'Contracts awarded' };
    expect(
      copies(
        { ...general, summary: 'Tamarack Marine of Duluth repairs four icebreakers.' },
        { ...general, summary: 'Quillon Optics of Tucson supplies night sights to the Army.' },
      ),
    ).toBe(false);
  });

  it('are not two digests that share a headline', () => {
    const digest: Fields = { title: 'Morning brief on defence and security in Europe', marks: ['digest'] };
    expect(
      copies(
        { ...digest, summary: 'Poland orders howitzers; Sweden names a frigate.' },
        { ...digest, summary: 'Riga closes its port; a general resigns in Lisbon.' },
      ),
    ).toBe(false);
  });

  it('are not two stories with nothing in them', () => {
    expect(copies({ title: '', summary: '' }, { title: '', summary: '' })).toBe(false);
  });
});
