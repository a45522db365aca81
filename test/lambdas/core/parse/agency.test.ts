import { describe, expect, it } from 'vitest';
import { agencyAmong, agencyNamed, isPressWire } from '../../../../lambdas/core/parse/agency.ts';

describe('agencyNamed', () => {
  it.each([
    ['The Associated Press', 'AP'],
    ['AP', 'AP'],
    ['Agence France-Presse', 'AFP'],
    ['reuters', 'Reuters'],
    ['dpa', 'DPA'],
    ['© 2025 Reuters', 'Reuters'],
    ['Source: Xinhua', 'Xinhua'],
    ['PRNewswire', 'PR Newswire'],
    ['Ap', null],
    ['Ria', null],
    ['Reuters Institute', null],
    ['Harbour Gazette', null],
    ['', null],
    ['x'.repeat(1_000_000), null],
  ])('of %.30j is %s', (text, agency) => {
    expect(agencyNamed(text)).toBe(agency);
  });
});

describe('agencyAmong', () => {
  it.each([
    [['Ann Lee, Associated Press'], 'AP'],
    [['Ann Lee (AP)'], 'AP'],
    [['Ann Lee', 'AFP | Bo Ray'], 'AFP'],
    [['© 2025 Reuters. All rights reserved.'], 'Reuters'],
    [['Ann Lee for Reuters'], 'Reuters'],
    [['By Ann Lee, DVIDS'], 'DVIDS'],
    // Public affairs, a think-tank and a state: short names mean an agency in a dateline only.
    [['Sgt. Ann Lee, PA'], null],
    [['CNA'], null],
    [['A.P. Lee'], null],
    [['Ann Reuters'], null],
    [['The Press of the Harbour'], null],
    [[`AP ${'x'.repeat(1_000)}`], null],
    [[], null],
  ])('of %.60j is %s', (credits, agency) => {
    expect(agencyAmong(credits)).toBe(agency);
  });

  it('tells wires of press releases from news agencies', () => {
    expect(['Business Wire', 'GlobeNewswire', 'AP', 'Reuters'].map(isPressWire)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
