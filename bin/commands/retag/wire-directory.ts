import { readdirSync } from 'node:fs';
import path from 'node:path';
import { usageError } from '../../command.ts';

/** What `sitrep local` keeps in `.sitrep/`: a directory for each kind of wire. */
const kinds = ['sample', 'live', 'feeds'];

/**
 * The directory of the wire to work on: the one named or, within `.sitrep/`, the only one there is. Throws a usage error
 * when there are several to choose from, and an error when there is none; never makes a directory.
 */
export function wireDirectory(workingDirectory: string, named: string | undefined): string {
  const found = wireDirectories(workingDirectory, named);
  const [first, ...others] = found;
  if (first === undefined) {
    const said = named ?? '.sitrep/';
    throw new Error(`Expected a wire in ${said}, got none; \`sitrep local\` makes one, --data names another`);
  }
  if (others.length > 0) {
    const names = found.map((directory) => path.relative(workingDirectory, directory)).join(', ');
    throw usageError(`Expected --data to name one wire, got several to choose from: ${names}`);
  }
  return first;
}

/** Every directory that holds a wire: the one named or, within it, one for each kind of wire. */
export function wireDirectories(workingDirectory: string, named: string | undefined): string[] {
  const asked = path.resolve(workingDirectory, named ?? '.sitrep');
  if (holdsWire(asked)) return [asked];
  return kinds.map((kind) => path.join(asked, kind)).filter(holdsWire);
}

/** Has an engine (`wire.sqlite`, `wire.leveldb`) kept its files here? */
function holdsWire(directory: string): boolean {
  try {
    return readdirSync(directory).some((name) => name.startsWith('wire.'));
  } catch {
    return false;
  }
}
