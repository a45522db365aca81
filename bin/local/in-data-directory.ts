/** What the action on files of the data directory gives; throws what it threw in words that name `--data`. */
export function inDataDirectory<Result>(directory: string, action: () => Result): Result {
  try {
    return action();
  } catch (cause) {
    const got = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Expected --data ${directory} to be a directory that can be written, got ${got}`, {
      cause,
    });
  }
}
