import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { datelineOf, leadingAgency } from '../../../../lambdas/core/parse/dateline.ts';

const story = 'The ship left.';

describe('datelineOf', () => {
  it.each([
    ['CAMP HARBOUR, South Korea — ', 'CAMP HARBOUR, South Korea', undefined],
    ['WASHINGTON (AP) — ', 'WASHINGTON', 'AP'],
    ['WASHINGTON — ', 'WASHINGTON', undefined],
    ['KYIV, June 3 (Reuters) - ', 'KYIV', 'Reuters'],
    ['Kabul (AFP) – ', 'Kabul', 'AFP'],
    ['NORFOLK, Va. (Feb. 2, 2024) — ', 'NORFOLK, Va.', undefined],
    ['WASHINGTON, D.C. - ', 'WASHINGTON, D.C.', undefined],
    ['ARLINGTON, Va., Nov. 04, 2025 (GLOBE NEWSWIRE) -- ', 'ARLINGTON, Va.', 'GlobeNewswire'],
    ['FALLS CHURCH, Va., Nov. 4, 2025 /PRNewswire/ -- ', 'FALLS CHURCH, Va.', 'PR Newswire'],
    ['LONDON--(BUSINESS WIRE)--', 'LONDON', 'Business Wire'],
    ['MOSCOW, June 3. /TASS/. ', 'MOSCOW', 'TASS'],
    ['NEW DELHI (PTI): ', 'NEW DELHI', 'PTI'],
    ['NEW DELHI, Nov 4: ', 'NEW DELHI', undefined],
    ['PACIFIC OCEAN (NNS) -- ', 'PACIFIC OCEAN', 'NNS'],
    ['RAMSTEIN AIR BASE, Germany -- ', 'RAMSTEIN AIR BASE, Germany', undefined],
    ['U.S. 5TH FLEET AREA OF OPERATIONS - ', 'U.S. 5TH FLEET AREA OF OPERATIONS', undefined],
    ['MANILA, Philippines—', 'MANILA, Philippines', undefined],
  ])('reads %j', (head, place, agency) => {
    const dateline = datelineOf(head + story);
    expect(dateline).toEqual({ place, ...(agency === undefined ? {} : { agency }), length: head.length });
  });

  it.each([
    'NATO — the alliance that was founded in 1949 — met.',
    'AUKUS – a pact of three.',
    'US, Japan — allies since 1951.',
    'BREAKING — A ship left.',
    'EXCLUSIVE: A ship left.',
    'NEW DELHI: The ministry said.',
    'HIMARS, ATACMS — what they can do.',
    'THAAD (Terminal High Altitude) — a system.',
    'USS GAZELLE — is she late?',
    'F-35 — the jet.',
    'COVID-19 — what we know.',
    'PARIS AIR SHOW — What to see.',
    'Kyiv – the capital – was quiet.',
    'Ann Lee (AP) reports from the harbour.',
    'The ship (AP) — a freighter — left.',
    'WASHINGTON. The ship left.',
    'Q: What left?',
    '',
  ])('finds none in %j', (text) => {
    expect(datelineOf(text)).toBeNull();
  });

  it('takes its length from the text and its place from that, whatever the text', () => {
    const parts = fc.constantFrom(
      'CAMP',
      ' X',
      ', ',
      'June 3',
      ' (AP)',
      ' — ',
      'Kyiv',
      ' - ',
      '/TASS/',
      '. ',
      'a',
      ':',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(parts, { maxLength: 12 }).map((all) => all.join('')),
          fc.string(),
        ),
        (text) => {
          const dateline = datelineOf(text);
          if (dateline === null) return;
          expect(dateline.length).toBeLessThanOrEqual(text.length);
          expect(text.startsWith(dateline.place.split(',')[0] ?? '?')).toBe(true);
        },
      ),
    );
  });
});

describe('leadingAgency', () => {
  it.each([
    ['(Reuters) - A ship left.', 'Reuters'],
    ['AFP — A ship left.', 'AFP'],
    ['Reuters reported - it left.', null],
    ['Navy - A ship left.', null],
    ['AP', null],
  ])('of %j is %s', (text, agency) => {
    expect(leadingAgency(text)).toBe(agency);
  });
});
