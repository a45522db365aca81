/** Titles of sources and feeds are at most this long, in UTF-16 code units. */
export const titleLengthMax = 300;

/** The title cut to what a catalogue takes; no character is cut in two. */
export function cutTitle(title: string): string {
  return title
    .slice(0, titleLengthMax)
    .replace(/[\ud800-\udbff]$/, '')
    .trim();
}
