import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { factsList, factsOf, keyLength, type TallyEntry } from '../../core/tally/tally-entry.ts';

/** A row is within one write unit, so its value cannot be meant to unfold to more. */
const unpackedBytesMax = 64_000;

/** What a row's `d` may take, so that with its keys and attributes it stays within a write unit of 1,024 bytes. */
const packedBytesMax = 900;

/**
 * What nearly every row repeats, the most frequent last: topics, countries, names. Part of the stored format: never edit,
 * only add a new one with a new tag. Topics that came later are written out, which costs some bytes and nothing else.
 */
const dictionary = Buffer.from(
  'conflict.coups-internal-unrest conflict.humanitarian-evacuation conflict.peacekeeping budget.audits-investigations ' +
    'conflict.special-operations conflict.counterterrorism conflict.ceasefire-peace-talks conflict.civilian-harm-war-crimes ' +
    'acquisition.acquisition-reform acquisition.requirements-competitions industry.trade-shows industry.startups air.bombers ' +
    'air.support-aircraft land.ground-robots land.soldier-systems sea.aircraft-carriers sea.amphibious-marines space.counterspace ' +
    'weapons.directed-energy weapons.hypersonics strategic.cbrn strategic.arms-control people.health people.veterans-families ' +
    'people.recruiting-retention people.conscription-mobilisation people.heritage-ceremonies people.justice-misconduct ' +
    'people.personnel-policy people.accidents-mishaps tech.information-operations tech.electronic-warfare tech.research-development ' +
    'tech.intelligence-espionage tech.command-control-networks tech.artificial-intelligence tech.cyber space.military-satellites ' +
    'policy.doctrine-concepts policy.sanctions-export-controls policy.force-posture-basing policy.defence-strategy ' +
    'budget.legislation-oversight budget.defence-budget industry.mergers-investment industry.company-results ' +
    'acquisition.sustainment-logistics acquisition.arms-exports sea.uncrewed-maritime sea.maritime-security sea.shipbuilding ' +
    'weapons.counter-drone weapons.munitions-ammunition weapons.long-range-missiles land.artillery-fires land.armoured-vehicles ' +
    'air.rotorcraft conflict.maritime-operations conflict.grey-zone-incidents conflict.ground-operations policy.security-assistance ' +
    'policy.alliances strategic.nuclear-forces people.leadership industry.industrial-base sea.submarines sea.surface-combatants ' +
    'weapons.air-missile-defence policy.exercises-training policy.defence-cooperation acquisition.programme-milestones ' +
    'air.combat-aircraft air.uncrewed-aircraft conflict.air-missile-strikes conflict.armed-conflict acquisition.contract-awards ' +
    '"],["General Dynamics","Northrop Grumman","Raytheon","BAE Systems","Boeing","Rheinmetall","Lockheed Martin","European Union",' +
    '"US Air Force","US Army","Royal Navy","US Navy","Pentagon","NATO","F-35","Patriot"],[],[],[],["PL","AU","JP","KR","TR","IN","IR",' +
    '"TW","FR","DE","IL","CN","GB","UA","RU","US"],["topic:","country:","org:","system:","person:","en",1,"en",0,["en",1,"en",2,["',
);

/**
 * What is counted of a story as its row keeps it: at most `packedBytesMax`, about 60 bytes as a rule. Where a story names
 * so much that it would be more, the ends of its lists of names are left out, as they are in listings.
 */
export function packedEntry(entry: TallyEntry): Uint8Array {
  let bytes = deflated(entry);
  for (const names of [10, 5, 2, 0]) {
    if (bytes.length <= packedBytesMax) break;
    bytes = deflated(shortened(entry, names));
  }
  return bytes;
}

const deflated = (entry: TallyEntry): Uint8Array =>
  deflateRawSync(Buffer.from(JSON.stringify(factsList(entry))), { dictionary, level: 9, memLevel: 9 });

function shortened(entry: TallyEntry, namesMax: number): TallyEntry {
  const { countries, organisations, people, systems, operations, original } = entry;
  const first = (names: readonly string[]) => names.slice(0, namesMax);
  return {
    ...entry,
    countries: first(countries),
    organisations: first(organisations),
    people: first(people),
    systems: first(systems),
    operations: first(operations),
    ...(original && { original: { ...original, lacks: first(original.lacks), adds: first(original.adds) } }),
  };
}

/** The entry of a row of a day, with where its key stands among those of that day; throws on any other shape. */
export function entryOfRow(day: string, row: Readonly<Record<string, unknown>>): TallyEntry {
  const { sk, d, ver, exp } = row;
  if (typeof sk !== 'string' || !(d instanceof Uint8Array) || typeof ver !== 'number')
    throw new Error(`Expected a counted story of ${day} at ${String(sk)}, got another shape`);
  const at = sk.indexOf('#');
  const facts: unknown = JSON.parse(
    inflateRawSync(d, { dictionary, maxOutputLength: unpackedBytesMax }).toString('utf8'),
  );
  return {
    key: sk.slice(at + 1).slice(-keyLength),
    sortTime: `${day}T${sk.slice(0, at)}Z`,
    version: ver,
    expires: typeof exp === 'number' ? exp : null,
    ...factsOf(facts),
  };
}
