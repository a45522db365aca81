import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { dataDirectory, loadData } from '../../bin/compile-data.ts';
import { readGazetteer } from '../../lambdas/core/tag/gazetteer.ts';
import type { Entity, GazetteerFile } from '../../lambdas/core/tag/gazetteer.ts';
import { readPhrase } from '../../lambdas/core/tag/phrase.ts';
import { createTagger } from '../../lambdas/core/tag/tag.ts';

const { rules, tree } = loadData(dataDirectory);
const tag = createTagger(rules);
const systems = readSystems();

/** Teams, firms, cars, animals, people, places and plain words that are also weapons, and so must never stand alone. */
const everydayWords: ReadonlySet<string> = new Set(
  (
    'abrams ajax altius america arc archer arrow atlas aurora avenger badger banshee barracuda bastion beaver boxer ' +
    'bradley brave brimstone bronco buk caesar caracal centaur centauro cetus challenger chinook cobra columbia comet ' +
    'constellation copperhead corsair cougar coyote cyclone daring dart defender defiant diamond dingo dolphin dragon ' +
    'dreadnought eagle emad enforcer enterprise essex excalibur falcon fdi ferret flamingo ford formidable fox foxhound ' +
    'freedom fujian fury galaxy gazelle gepard ghost gladiator grad griffin griffon growler hammer harm harpoon harrier ' +
    'harpy hawk hawkeye hellfire helios hercules heron hornet huey hunter husky hydra independence intrepid jackal jaguar ' +
    'jammer javelin kestrel kite lancer lancet lattice leclerc legend leonidas leopard liaoning liberty lightning locust ' +
    'lucas lynx magura marder marauder martlet maverick mercury merlin meteor milan minuteman mirage mistral mojave mosaic ' +
    'nasr neptune nimrod ohio orca orion orlan osprey paladin panther patriot pegasus penguin peregrine phalanx phantom ' +
    'phoenix pilica piranha poseidon predator protector puma python ranger raptor raven reaper replicator roadrunner ' +
    'saber sabre salvo scorpion scout seagull seawolf sentinel sentry serval shadow shandong shark sherman sidewinder ' +
    'skylark spear spectre spike spyder starship sting stinger storm stratus stryker switchblade taurus tejas tempest ' +
    'terminator terrex texas thor thunder tiger titan tomahawk tor tornado tripoli triton trident typhoon valkyrie ' +
    'vampire vanguard vector victory viking viper virginia vision voyager vulcan warrior warthog wasp watchkeeper wildcat ' +
    'zephyr zircon'
  ).split(' '),
);

/** Letters with a number that are also roads, vitamins, visas, bands, phones, racing sessions or sums of money. */
const everydayCodes: ReadonlySet<string> = new Set(
  'a-10 a-50 b-1 b-2 c-2 c-5 c-40 e-3 e-7 f-1 f-2 f-4 f-5 fm-90 fp-1 fp-2 fp-7 h-6 j-10 k-2 k-9 l-3 m-1 pac-2 rm-70 rs-24 rs-28 s-500 t-7 t-14 t-38 u-2 zu-23'.split(
    ' ',
  ),
);

describe('the systems of the gazetteer', () => {
  test('are more than nine hundred, with at least two hundred named ships', () => {
    expect(systems.length).toBeGreaterThanOrEqual(900);
    const ships = systems.filter(({ name }) =>
      /^(?:USS|USNS|HMS|HMAS|HMCS|JS|INS|FS|ITS|ROKS|BRP) /.test(name),
    );
    expect(ships.length).toBeGreaterThanOrEqual(200);
  });

  test('have each a name of its own, whatever the capitals, accents and hyphens', () => {
    expect(repeated(systems.map(({ name }) => folded(name)))).toEqual([]);
  });

  test('share no spelling with each other, and repeat none of their own', () => {
    expect(repeated(systems.flatMap((system) => [...new Set(matched(system).flatMap(keysOf))]))).toEqual([]);
    const useless = systems.flatMap((system) =>
      repeated(matched(system).map((text) => keysOf(text).join(','))),
    );
    expect(useless).toEqual([]);
  });

  test('can all be found: each has a spelling, and each spelling can be read', () => {
    for (const system of systems) {
      expect(matched(system), system.name).not.toEqual([]);
      for (const text of matched(system)) expect(keysOf(text), text).not.toEqual([]);
    }
  });

  test('are never known by an everyday word or code alone', () => {
    // A name all in capitals (CAESAR) is found only in capitals.
    const bare = systems.flatMap((system) =>
      matched(system).flatMap((text) => (/^[A-Z]{4,}$/.test(text) ? [] : [text.toLowerCase()])),
    );
    expect(bare.filter((text) => everydayWords.has(text) || everydayCodes.has(text))).toEqual([]);
  });

  test('are never known by a small word and a number, which any sentence may hold', () => {
    const small =
      /^(?:[~!=]?)(?:a|an|as|at|be|by|do|go|he|if|il|in|is|it|me|mi|my|no|of|on|or|rm|rs|sa|so|to|up|us|we|zu) \d+$/;
    const keys = systems.flatMap((system) => matched(system).flatMap(keysOf));
    const allowed = ['il 76', 'mi 17', 'mi 24', 'mi 26', 'mi 28', 'mi 35', 'mi 171'];
    expect(keys.filter((key) => small.test(key) && !allowed.includes(key))).toEqual([]);
  });

  test('imply only topics of the taxonomy', () => {
    const slugs = new Set(tree.domains.flatMap((domain) => domain.topics.map((topic) => topic.slug)));
    expect(systems.flatMap(({ topics = [] }) => topics).filter((slug) => !slugs.has(slug))).toEqual([]);
  });
});

describe('a text that means a system', () => {
  test.each([
    ['Germany sends two more Patriot batteries to Ukraine', ['Patriot']],
    ['Ukraine asks allies for more Patriots', ['Patriot']],
    ['Air Force wants to retire the A-10 by 2026', ['A-10']],
    ['Seven B-2 bombers struck Fordow', ['B-2']],
    ['US sends B-2s to Diego Garcia', ['B-2']],
    ['Ukraine lost an Abrams tank near Avdiivka', ['M1 Abrams']],
    ['Bradley fighting vehicles reach the front', ['Bradley']],
    ['Exports of Leclerc tanks resume', ['Leclerc']],
    ['RAF Typhoons scrambled over the Baltic', ['Eurofighter Typhoon']],
    ['Osprey crash off Yakushima kills eight airmen', ['V-22 Osprey']],
    ['USS Carney shoots down missiles in the Red Sea', ['USS Carney']],
    ['USS O’Kane returns to San Diego', ["USS O'Kane"]],
    ['Destroyer Mason leaves Djibouti', ['USS Mason']],
    ['Carl Vinson Carrier Strike Group enters the Philippine Sea', ['USS Carl Vinson']],
    ['China’s third aircraft carrier, the Fujian, goes to sea', ['Fujian']],
    ['Bundestag votes on Taurus for Ukraine', ['Taurus']],
    ['Costs of the Sentinel ICBM rise again', ['LGM-35A Sentinel']],
    ['Navy picks yards for DDG(X)', ['DDG(X)']],
    ['Anduril delivers first Ghost Shark', ['Ghost Shark']],
    ['Noise in Ajax vehicles harmed soldiers', ['Ajax']],
    ['Rheinmetall delivers Boxer vehicles', ['Boxer']],
    ['Shahed-238 jet drone found near Odesa', ['Geran-3']],
    ['Moskva sunk by Neptune missiles', ['Moskva cruiser', 'Neptune missile']],
    ['Su57 and MiG 29 fly at the show', ['Su-57', 'MiG-29']],
    ['A-50 radar plane hit at its base', ['A-50']],
    ['HAL hands over the first Tejas Mk1A', ['Tejas']],
    ['F-35C, F-16V and F-15EX jets drill together', ['F-35', 'F-16', 'F-15EX']],
    ['Tranche 1 Transport Layer satellites reach orbit', ['Transport Layer']],
    ['Lancet drones destroy a howitzer', ['Lancet']],
    ['Epirus ships Leonidas to the Army', ['Leonidas']],
    ['Army soldiers fire Dark Eagle for the first time', ['Dark Eagle']],
    ['SAMP/T and NASAMS guard the city', ['SAMP/T', 'NASAMS']],
  ])('%s', (title, names) => {
    expect(named(title)).toEqual(names);
  });

  test.each([
    ['USS Gravely sails', ['US']],
    ['HMS Dauntless sails', ['GB']],
    ['HSwMS Gotland sails', ['SE']],
    ['INS Arighaat sails', ['IN']],
    ['BRP Sierra Madre is resupplied', ['PH']],
    ['F-16 and C-130 land', []],
  ])('%s: the country is implied only when the ship or aircraft surely is its own', (title, countries) => {
    expect(tag({ title, summary: '' }).countries.map(({ name }) => name)).toEqual(countries);
  });
});

describe('a text that means something else', () => {
  test.each([
    'Marketing start-up sells B2B software',
    'U2 announce stadium tour',
    'E3 foreign ministers meet in Geneva',
    'A10 closed after lorry crash',
    'Galaxy A50 gets an update',
    'ThinkPad T14 reviewed',
    'Verstappen tops FP1 and FP2',
    'Paralympics: T38 gold in the 100m',
    'Rs 24 crore for road works',
    'New bridge in Johor costs RM70 million',
    'Zu 23 Jahren Haft verurteilt',
    'Il 20 luglio apre la mostra',
    'Kita-Streik an 26 Standorten',
    'The bill rose as 21 people joined',
    'Support will be 200 percent higher',
    'Charles Leclerc wins in Monaco',
    'Mistral raises money for its language models',
    'The Lancet publishes a study of walking',
    'FDI inflows rise again',
    'Ajax beat Feyenoord',
    'Bradley Cooper stars in a new film',
    'Stacey Abrams speaks in Atlanta',
    'Taurus horoscope for the week',
    'Ford Taurus recalled',
    'Puma shares fall after poor sneaker sales',
    'Jaguar unveils an electric car',
    'Stryker buys maker of hip implants',
    'Orlando Sentinel wins a prize',
    'Ospreys return to their nest',
    'Chinook salmon runs recover',
    'Blackhawks sack their coach',
    'Typhoon nears Japan',
    'Tornado tears through Oklahoma',
    'Javelin final goes to the last throw',
    'Meteor shower peaks tonight',
    'Heron seen on the Thames',
    'Atlanta Hawks beat Boston',
    'Iowa Hawkeyes win their opener',
    'Boxer wins title fight in Riyadh',
    'New England Patriots sign a quarterback',
    'Charles de Gaulle airport reopens',
    'Fujian province hit by floods',
    'Gerald R. Ford museum opens',
    'Switchblade ban passes the assembly',
    'Tomahawk steak prices rise',
    'Minuteman Press opens a shop',
    'Transport Layer Security flaw found',
    'Ghost sharks found in deep water',
    'Adidas Terrex shoes reviewed',
    'Growlers to be refilled at the brewery',
    'Strategy game adds a Tiger',
  ])('%s', (title) => {
    expect(named(title)).toEqual([]);
  });
});

function named(title: string): string[] {
  return tag({ title, summary: '' }).systems.map(({ name }) => name.replace('’', "'"));
}

/** The spellings that are looked for. */
function matched({ name, aliases = [], matchName = true }: Entity): string[] {
  return matchName ? [name, ...aliases] : aliases;
}

/** What the matcher compares; a phrase with a gap is one key. */
function keysOf(text: string): string[] {
  const reading = readPhrase(text);
  if (!reading.ok) return [];
  const { phrase } = reading;
  return phrase.kind === 'plain'
    ? [...phrase.patterns]
    : [`${phrase.first.join('|')} .. ${phrase.second.join('|')}`];
}

function folded(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{L}\d]/gu, '');
}

function repeated(values: readonly string[]): string[] {
  const seen = new Set<string>();
  return values.filter((value) => seen.size === seen.add(value).size);
}

function readSystems(): readonly Entity[] {
  const file = (name: GazetteerFile) => ({
    text: readFileSync(path.join(dataDirectory, 'gazetteer', name), 'utf8'),
    fileName: name,
  });
  const files = {
    'countries.yaml': file('countries.yaml'),
    'organisations.yaml': file('organisations.yaml'),
    'systems.yaml': file('systems.yaml'),
    'people.yaml': file('people.yaml'),
    'operations.yaml': file('operations.yaml'),
  };
  const reading = readGazetteer(files, undefined);
  if (!reading.ok) throw new Error(reading.problems.join('\n'));
  return reading.gazetteer.systems;
}
