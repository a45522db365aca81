import {
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';

/**
 * Replaces a file's content whole: written beside it, flushed, then renamed, so that a crash or a full disk leaves the old
 * file or the new one. A link stays a link, permissions stay. A file that is not there yet is made. Throws what the file
 * system throws, with nothing left behind.
 */
export function replaceFile(file: string, content: string): void {
  const target = realPath(file);
  const next = `${target}.${process.pid}.new`;
  try {
    const descriptor = openSync(next, 'wx', modeOf(target));
    try {
      const bytes = Buffer.from(content);
      for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(next, target);
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  }
}

function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

function modeOf(file: string): number {
  try {
    return statSync(file).mode & 0o777;
  } catch {
    return 0o666;
  }
}
