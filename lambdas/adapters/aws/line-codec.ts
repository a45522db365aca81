import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** A packed value may not unfold to more than this; rows are written by us, but a table can be restored or edited. */
const unpackedBytesMax = 400_000;

/**
 * What nearly every row repeats. deflate refers back to it, which takes a typical listing line from 1.2 KB of JSON to
 * under 0.6 KB: one write unit (1 KB) a row. Part of the stored format: never edit, only add a new one with a new tag.
 */
const dictionary = Buffer.from(
  '"organisations":[],"people":[],"systems":[],"operations":[],"copies":[],"cluster":null,"authors":[],"categories":[],' +
    '"sightings":[{"feed":"","hash":"","seenAt":"2026-"}],"trace":"t-","taxonomyVersion":1,"version":1,"countries":["GB","US"],' +
    '"tags":{"relevance":"core","topics":[{"topic":"policy.","score":0.,"evidence":[{"field":"summary","words":"","at":0},' +
    '{"field":"title","words":"defence ministry","at":0}]},{"topic":"acquisition.contract-awards"},{"topic":"conflict."},' +
    '{"topic":"industry."},{"topic":"air.uncrewed-aircraft"},{"topic":"weapons.air-missile-defence"},{"topic":"sea.surface-combatants"}],' +
    '"countries":[{"name":"US","evidence":[]}]},"url":"https://www..com/news/2026/","source":"","kind":"trade","kind":"official",' +
    '"feeds":[""],"published":"2026-","updated":"2026-","firstSeen":"2026-","sortTime":"2026-","revision":1,"lang":"en","summary":' +
    '" the of and in to a for on with its will has from by at that said military forces Navy Army Air Force missile defense defence ' +
    'contract million aircraft "title":"',
);

/** A JSON value as the store keeps it: deflated with a fixed dictionary. About 36 µs to pack and 20 µs to unpack, measured. */
export const packed = (value: unknown): Uint8Array =>
  deflateRawSync(Buffer.from(JSON.stringify(value)), { dictionary, level: 9, memLevel: 9 });

/** The JSON value of a packed row, unchecked. Throws on bytes that are not of this format or unfold beyond `bytesMax`. */
export const unpacked = (bytes: Uint8Array, bytesMax = unpackedBytesMax): unknown =>
  JSON.parse(inflateRawSync(bytes, { dictionary, maxOutputLength: bytesMax }).toString('utf8'));
