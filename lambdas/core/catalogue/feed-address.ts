/** Longer addresses are not stored for stories either; no feed we know of comes near. */
export const feedUrlLengthMax = 2_048;

/** Answers whether `text` is an absolute http or https address that carries no user and password. Never throws. */
export function isFeedAddress(text: string): boolean {
  if (!/^https?:\/\//i.test(text)) return false;
  try {
    const { username, password, hostname } = new URL(text);
    return username === '' && password === '' && hostname !== '';
  } catch {
    return false;
  }
}
