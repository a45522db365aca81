import { describe, expect, test } from 'vitest';
import { dataDirectory, loadData } from '../../../../../bin/compile-data.ts';
import { createTagger } from '../../../../../lambdas/core/tag/tag.ts';

const tag = createTagger(loadData(dataDirectory).rules);
const organisations = (title: string, summary = '') =>
  tag({ title, summary }).organisations.map(({ name }) => name);
const inText = (summary: string) => organisations('', summary);

describe('organisations', () => {
  test.each([
    ['Crews of the 998th Air Expeditionary Wing flew.', '998th Air Expeditionary Wing'],
    ['She joined the 96th Rescue Squadron last year.', '96th Rescue Squadron'],
    ['A spokesman for the 8th Marine Logistics Group said so.', '8th Marine Logistics Group'],
    [
      'The 9th Expeditionary Airborne Command and Control Squadron flew.',
      '9th Expeditionary Airborne Command and Control Squadron',
    ],
    ['The Harbour Safety Agency opened a review.', 'Harbour Safety Agency'],
    ['The Ministry of Maritime Affairs opened a review.', 'Ministry of Maritime Affairs'],
    ['A study by the Institute for Polar Defence Studies says so.', 'Institute for Polar Defence Studies'],
    ['Lindqvist Robotics delivered ten robots.', 'Lindqvist Robotics'],
    ['Tideway Harbour Shipyards launched the hull.', 'Tideway Harbour Shipyards'],
    ['Brackwater Inc., of Ohio, got the award.', 'Brackwater'],
    ['The drone maker Quellstrom raised money.', 'Quellstrom'],
    ['The startup Nimbus Forge raised money.', 'Nimbus Forge'],
    ['Fighters of the Arden Liberation Front attacked.', 'Arden Liberation Front'],
  ])('finds a body in: %s', (text, expected) => {
    expect(inText(text)).toContain(expected);
  });

  test.each([
    'The F-16 Fighting Falcon landed.',
    'He grew up in the 21st Century.',
    'The 118th meeting was short.',
    'They trained at the Harbour Training Center.',
    'Airman 1st Class Perla Quintanar fixed the pump.',
    'The Special Forces are ready.',
    'Lukas Air Force Base is closed.',
    'The Stony Creek Army Depot is closed.',
    'A First Class Team is what they need.',
    'HARBOUR SHIPYARD, Ohio - It rained.',
    'The working group met on Monday.',
  ])('takes nothing of: %s', (text) => {
    const known = ['United States Air Force', 'United States Army'];
    expect(inText(text).filter((name) => !known.includes(name))).toEqual([]);
  });

  test('an acronym in brackets stands for its name in all of the text', () => {
    const tags = tag({
      title: 'HSX seeks divers',
      summary: 'The Harbour Safety Xenial Agency (HSX) seeks divers. HSX pays well.',
    });
    expect(tags.organisations.map(({ name }) => name)).toEqual(['Harbour Safety Xenial Agency']);
    expect(tags.organisations[0]?.evidence).toHaveLength(3);
  });

  test('a headline with capitals throughout gives units and what a verb of business gives away', () => {
    expect(organisations('Harbour Team Reviews Safety Agency Rules')).toEqual([]);
    expect(organisations('Quellstrom Wins Navy Drone Contract')).toContain('Quellstrom');
    expect(organisations('Minister Wins Drone Contract Vote')).toEqual([]);
    expect(organisations('Sierra Wins Contract', 'The order goes to Sierra Nevada Corporation.')).toEqual([
      'Sierra Nevada Corporation',
    ]);
  });

  test.each([
    ['Japan’s navy sails', 'Japan Maritime Self-Defense Force'],
    ['Danish navy buys frigates', 'Royal Danish Navy'],
    ['British army buys tanks', 'British Army'],
    ['Chinese air force drills', "People's Liberation Army Air Force"],
    ['Polish Navy orders ships', 'Polish Navy'],
    ['Finland lends six navy divers', 'Finnish Navy'],
    ['Japan praises its air force', 'Japan Air Self-Defense Force'],
    ['Ukraine’s army advances', 'Armed Forces of Ukraine'],
    ['Netherlands navy gets ship', 'Royal Netherlands Navy'],
    ['Philippine coast guard ship rammed', 'Philippine Coast Guard'],
    ['French defence ministry picks radar', 'Ministry of the Armed Forces'],
    ['Estonian ministry of defence picks radar', 'Estonian Ministry of Defence'],
  ])('names the service of %s', (title, expected) => {
    expect(organisations(title)).toEqual([expected]);
  });

  test('an unclaimed department of defence is the one country’s that calls its own so', () => {
    expect(organisations('Australia: Department of Defence audits spending')).toEqual([
      'Australian Department of Defence',
    ]);
    expect(organisations('Department of Defense audits spending')).toEqual([
      'United States Department of Defense',
    ]);
  });

  test('those who serve stand for their service only where no body is named', () => {
    expect(organisations('Airmen honour a friend')).toEqual(['United States Air Force']);
    expect(organisations('Airmen of the 998th Air Expeditionary Wing honour a friend')).toEqual([
      '998th Air Expeditionary Wing',
    ]);
  });

  test('a company’s home counts only where the headline is about it', () => {
    const countries = (title: string, summary = '') =>
      tag({ title, summary }).countries.map(({ name }) => name);
    expect(countries('Rheinmetall opens a plant')).toEqual(['DE']);
    expect(countries('Poland orders trucks', 'Rheinmetall delivers them.')).toEqual(['PL']);
    expect(countries('Poland orders Rheinmetall trucks')).toEqual(['PL']);
  });

  test('what a long summary names first near its end is a passing mention', () => {
    const filler = 'The work goes on and on without an end in sight. '.repeat(14);
    expect(inText(`NATO met. ${filler} The Pentagon agreed.`)).toEqual(['NATO']);
    expect(inText(`${filler} The Pentagon agreed.`)).toEqual(['United States Department of Defense']);
  });
});
