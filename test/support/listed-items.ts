/** An article as its publisher lists it in an RSS document; null leaves an element out, `more` is markup behind the rest. */
export interface ListedItem {
  readonly title: string;
  readonly summary: string;
  readonly guid: string | null;
  readonly link: string | null;
  readonly date: string | null;
  readonly more: string;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** An element of this text, escaped; nothing for null. */
export const element = (name: string, text: string | null): string =>
  text === null ? '' : `<${name}>${escaped(text)}</${name}>`;

/** The item as markup; its guid says that it is no address. */
export const itemMarkup = ({ title, summary, guid, link, date, more }: ListedItem): string => {
  const named = guid === null ? '' : `<guid isPermaLink="false">${escaped(guid)}</guid>`;
  const parts = [element('title', title), element('description', summary), element('link', link), named];
  return `<item>${parts.join('')}${element('pubDate', date)}${more}</item>`;
};

const subjects = [
  ['Tender opens for two coastal ferries', 'The ministry asked four yards for offers by the end of March.'],
  [
    'Radar station handed over to the air force',
    'Work on the hill took two winters and cost less than planned.',
  ],
  [
    'Minehunters sail for the northern strait',
    'Six ships left port at dawn and will be away until the autumn.',
  ],
  ['Budget committee cuts the helicopter line', 'The vote was close and the chair spoke against the motion.'],
] as const;

/** Titles of the articles that `soundItem` gives. */
export const soundTitles: readonly string[] = subjects.map(([title]) => title);

/** The n-th article of a sound publisher; every second one has no summary, so that its text says little. */
export function soundItem(at: number): ListedItem {
  const [title, summary] = subjects[at % subjects.length] ?? subjects[0];
  return {
    title,
    summary: at % 2 === 0 ? summary : '',
    guid: `review-${1_000 + at}`,
    link: `https://review.example/2026/11/${title.toLowerCase().replaceAll(' ', '-')}`,
    date: `Fri, 20 Nov 2026 0${at}:15:00 GMT`,
    more: '',
  };
}
