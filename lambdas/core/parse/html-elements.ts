const names = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Elements that begin and end a line of their own. Source: HTML Living Standard §15.3, `display: block` and tables. */
export const blockElements = names(
  'address article aside blockquote body br center dd details dialog dir div dl dt fieldset figcaption figure footer ' +
    'form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html iframe legend li listing main menu nav ol optgroup option ' +
    'p plaintext pre search section select summary table tbody tfoot thead title tr ul video xmp',
);

/** Elements that stand apart on the same line. */
export const cellElements = names('td th');

/** Elements whose inside is no text for a reader: HTML §15.3.1, §13.1.2 (raw text elements), form fields and drawings. */
export const hiddenElements = names(
  'script style noframes noembed template applet iframe select textarea svg',
);

/** Elements that have no end tag. Source: HTML §13.1.2. */
export const voidElements = names(
  'area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr',
);

/** Elements whose end tag may be left out, so that many open ones are not deep nesting. Source: HTML §13.1.2.4. */
export const optionalEndElements = names(
  'p li dt dd td th tr thead tbody tfoot option optgroup colgroup caption',
);

const inlineElements = names(
  'a abbr acronym amp-img audio b bdi bdo big blink button canvas caption cite code colgroup data datalist del dfn em ' +
    'font head i ins kbd label map mark marquee math meter nobr noscript object output picture progress q rp rt ruby ' +
    's samp slot small span strike strong sub sup svg textarea time tt u var',
);

/** True for the names of HTML elements, in lower case: what is not one of them may be meant as text. */
export function isHtmlElement(name: string): boolean {
  return (
    inlineElements.has(name) ||
    blockElements.has(name) ||
    voidElements.has(name) ||
    cellElements.has(name) ||
    optionalEndElements.has(name) ||
    hiddenElements.has(name)
  );
}

/** True for the attributes of an element that a browser would not show: `hidden`, or a style that says so. Linear. */
export function hidesElement(attributes: string): boolean {
  if (!/hidden|none/i.test(attributes)) return false;
  const bare = attributes.replace(/"[^"]*"|'[^']*'/g, '');
  if (/(?:^|\s)hidden(?=[\s=/]|$)/i.test(bare)) return true;
  const style = /\sstyle\s{0,5}=\s{0,5}(?:"([^"]*)"|'([^']*)'|([^\s>]*))/i.exec(attributes);
  const value = style?.[1] ?? style?.[2] ?? style?.[3] ?? '';
  return /display\s{0,5}:\s{0,5}none|visibility\s{0,5}:\s{0,5}hidden/i.test(value);
}
