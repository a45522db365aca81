import { describe, expect, test } from 'vitest';
import { dataDirectory, loadData } from '../../../../../bin/compile-data.ts';
import { createTagger } from '../../../../../lambdas/core/tag/tag.ts';

const tag = createTagger(loadData(dataDirectory).rules);
const people = (title: string, summary = '') => tag({ title, summary }).people.map(({ name }) => name);
const inText = (summary: string) => people('', summary);

describe('people', () => {
  test.each([
    ['Gen. Ottilie Marchbanks took command on Monday.', ['Ottilie Marchbanks']],
    ['Brig. Gen. Tobin Raskob leads the effort.', ['Tobin Raskob']],
    ['The award went to Lt. Gen. P. Wendel Okafor Jr. at the base.', ['P. Wendel Okafor Jr.']],
    ['Chief Master Sgt. Dewitt Langholm spoke to crews.', ['Dewitt Langholm']],
    ['Airman 1st Class Perla Quintanar fixed the pump.', ['Perla Quintanar']],
    ['Chief Warrant Officer 3 Odell Farnham flew first.', ['Odell Farnham']],
    ['Rear Adm. Ines “Rook” Valdarno commands the group.', ['Ines Valdarno']],
    ['Air Chief Marshal Sir Edmund Thackwell visited.', ['Edmund Thackwell']],
    ['Rep. Calla Winthrop (D-Wash.) asked for figures.', ['Calla Winthrop']],
    ['Defence minister Zdenka Horvatova signed the deal.', ['Zdenka Horvatova']],
    ['The ministry’s spokeswoman Orla Petterssen declined to say.', ['Orla Petterssen']],
    ['The deputy minister of transport, Marlowe Fenwicke, opened the bridge.', ['Marlowe Fenwicke']],
    ['Bexley Harrowgate, director of the yard, said work had begun.', ['Bexley Harrowgate']],
    ['Kestrel Vandermolen, 34, won the race.', ['Kestrel Vandermolen']],
    ['Jessica Harrowgate said the yard was ready.', ['Jessica Harrowgate']],
    ['The first officer was Colin T. Harrowgate. Harrowgate is from Ohio.', ['Colin T. Harrowgate']],
    ['Foreign minister Karim al-Dabbas met his colleague.', ['Karim al-Dabbas']],
    ['Defence minister Anneke van der Stoop resigned.', ['Anneke van der Stoop']],
    ['General Ma Wenzhong said drills would go on.', ['Ma Wenzhong']],
    ['Colonel Rémi Düval-Ørsted led the convoy.', ['Remi Duval-Orsted']],
    ['Prime Minister Seamus O’Hanrahan spoke.', ["Seamus O'Hanrahan"]],
  ])('finds who is named in: %s', (text, expected) => {
    expect(inText(text)).toEqual(expected);
  });

  test.each([
    'General Dynamics won the order.',
    'Attorney General and Solicitor General met.',
    'The Gerald R. Haskins Carrier Strike Group sailed.',
    'The destroyer Roland Haskins (DDG 199) left port.',
    'Fort George G. Haskins is closed.',
    'They flew to San Antonio on Friday.',
    'The Martin Haskins Award was given in May.',
    'North Harbour Road is closed.',
    'Monday Morning Meetings are over.',
    'A bridge near the farm of Rebecca Haskins fell.',
    'Illustration by Rebecca Haskins.',
    'By Rebecca Haskins',
    'The Sailor Harbour Centre was opened.',
    'Rebecca HaskinsRead more',
    'The army said Tuesday it was ready.',
    'The marines use Link Sixteen.',
  ])('names nobody in: %s', (text) => {
    expect(inText(text)).toEqual([]);
  });

  test('takes two words of a headline for a person only when they begin like one', () => {
    expect(people('Quiet Harbour Awaits Final Ruling On New Pier')).toEqual([]);
    expect(people('Senate Confirms Rebecca Haskins To Lead Shipyard Agency')).toEqual(['Rebecca Haskins']);
    expect(people('REBECCA HASKINS TO LEAD SHIPYARD AGENCY, SENATE SAYS')).toEqual([]);
  });

  test('a family name alone is the person named in full elsewhere, also in the headline before', () => {
    const tags = tag({
      title: 'Marchbanks warns of delays',
      summary: 'Gen. Ottilie Marchbanks told reporters. Marchbanks added that costs rose.',
    });
    expect(tags.people.map(({ name }) => name)).toEqual(['Ottilie Marchbanks']);
    expect(tags.people[0]?.evidence.map(({ field, words }) => [field, words])).toEqual([
      ['title', 'Marchbanks'],
      ['summary', 'Ottilie Marchbanks'],
      ['summary', 'Marchbanks'],
    ]);
  });

  test('gives the gazetteer’s name for another spelling of a known person', () => {
    expect(inText('Secretary Lloyd Q. Austin spoke in Washington.')).toEqual(['Lloyd Austin']);
    expect(inText('Army Chief of Staff Gen. Randy A. George spoke.')).toEqual(['Randy George']);
  });

  test('a person hides the country, the state or the body in the name', () => {
    const tags = tag({ title: '', summary: 'Capt. Jordan Haskins and Maj. Chad Winterbourne met in Tokyo.' });
    expect(tags.people.map(({ name }) => name)).toEqual(['Jordan Haskins', 'Chad Winterbourne']);
    expect(tags.countries.map(({ name }) => name)).toEqual(['JP']);
    expect(tags.organisations).toEqual([]);
  });

  test('ranks of the United States imply the country, others do not', () => {
    const countries = (summary: string) => tag({ title: '', summary }).countries.map(({ name }) => name);
    expect(countries('Tech. Sgt. Dewitt Langholm fixed it.')).toEqual(['US']);
    expect(countries('Colonel Dewitt Langholm fixed it.')).toEqual([]);
  });

  test('gives at most five', () => {
    const names = ['Adam', 'Brian', 'Carla', 'Diana', 'Edgar', 'Fiona', 'Gavin'];
    expect(
      inText(names.map((name) => `Col. ${name} Haskins${name.toLowerCase()} spoke.`).join(' ')),
    ).toHaveLength(5);
  });
});
