import { pageStyle } from './page-style.ts';
import { wellFormedText } from './xml-text.ts';

/** Text as HTML text or as an attribute value in double quotes. */
export const pageText = (text: string): string =>
  wellFormedText(text).replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** A link to another site: it gets neither a handle on this page nor its address. `href` and `label` are plain text. */
export const outwardLink = (href: string, label: string): string =>
  `<a href="${pageText(href)}" rel="noopener noreferrer">${pageText(label)}</a>`;

/** A whole page in the common style; `title` is plain text, `head` and `body` are lines of HTML. No script, ever. */
export function pageFrame({
  title,
  head,
  body,
}: {
  readonly title: string;
  readonly head: readonly string[];
  readonly body: readonly string[];
}): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${pageText(title)}</title>`,
    ...head,
    `<style>${pageStyle}</style>`,
    '</head>',
    '<body>',
    ...body,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}
