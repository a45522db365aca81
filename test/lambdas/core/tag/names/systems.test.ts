import { describe, expect, test } from 'vitest';
import { dataDirectory, loadData } from '../../../../../bin/compile-data.ts';
import { createTagger } from '../../../../../lambdas/core/tag/tag.ts';

const tag = createTagger(loadData(dataDirectory).rules);
const systems = (title: string, summary = '') => tag({ title, summary }).systems.map(({ name }) => name);
const inText = (summary: string) => systems('', summary);

describe('systems', () => {
  test.each([
    ['The crew fired an AGM-997A at sea.', 'AGM-997A'],
    ['The MQ-98 drone flew.', 'MQ-98'],
    ['The MH-97X Sea Marten lifted off.', 'MH-97X Sea Marten'],
    ['A new missile, the Type 97, was seen.', 'Type 97'],
    ['A Project 98350 frigate sailed.', 'Project 98350'],
    ['The Mk 94 torpedo was loaded.', 'Mk 94'],
    ['A Haskins-class frigate sailed.', 'Haskins-class frigate'],
    ['The Harold Haskins-class guided-missile destroyers sailed.', 'Harold Haskins-class destroyer'],
    ['The “Kestrelwing” glide bomb flew.', 'Kestrelwing glide bomb'],
    ['USS Harold P. Haskins returned.', 'USS Harold P. Haskins'],
    ['H.M.S. Lady of Avalon sailed.', 'HMS Lady of Avalon'],
    ['The frigate HMAS Wombarra (FFH 199) sailed.', 'HMAS Wombarra'],
  ])('finds a weapon in: %s', (text, expected) => {
    expect(inText(text)).toEqual([expected]);
  });

  test.each([
    'Cases of COVID-19 rose.',
    'The G-7 leaders met.',
    'The G-20 leaders met near an aircraft museum.',
    'Traffic on the I-95 stopped as a tank truck burned.',
    'Pay grade E-97 gets more.',
    'Take route B-98 to the drone show.',
    'Destroyer DDG-199 sailed.',
    'A First-class ship.',
    'The Middle Class boat owners complained.',
    'In Mark 97 of the book nothing is said.',
    'Type 97 diabetes is rare.',
    'Project 98350 is a road scheme.',
    'FS Haskins is a file system.',
    'The “Kestrelwing” song is out.',
  ])('takes nothing of: %s', (text) => {
    expect(inText(text)).toEqual([]);
  });

  test('a ship brings its navy and country, and hides the state it is named for', () => {
    const tags = tag({ title: '', summary: 'HMS Portland met USS Georgia.' });
    expect(tags.systems.map(({ name }) => name)).toEqual(['HMS Portland', 'USS Georgia']);
    expect(tags.organisations.map(({ name }) => name)).toEqual(['Royal Navy', 'United States Navy']);
    expect(tags.countries.map(({ name }) => name)).toEqual(['GB', 'US']);
  });

  test('a carrier named for a person is the ship in a text about ships', () => {
    expect(inText('The carrier strike group of Theodore Roosevelt left port.')).toEqual([
      'USS Theodore Roosevelt',
    ]);
    expect(inText('President Theodore Roosevelt loved the fleet.')).toEqual([]);
  });

  test('a class only describes the ship behind it', () => {
    expect(inText('Ticonderoga-class guided-missile cruiser USS Haskins sailed.')).toEqual(['USS Haskins']);
    expect(inText('The Ticonderoga-class cruiser is old.')).toEqual(['Ticonderoga-class cruiser']);
  });
});
