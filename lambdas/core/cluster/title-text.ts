import { comparable } from '../tag/spelling.ts';
import { tokensOf } from '../tag/tokens.ts';

/** Labels that agencies and sites put before a headline: they come and go while the text stays. */
const labels =
  'update|wrapup|refile|corrected|correction|exclusive|breaking(?: news)?|watch|video|photos?|in pictures|gallery|live|just in|' +
  'developing|alert|urgent|factbox|explainer|analysis|opinion|feature|read|listen|report|news|top news|press release|sponsored';

// A bare hyphen ends a label only behind its number: "UPDATE 1-…", but "Live-fire …".
const prefix = new RegExp(
  String.raw`^[\[(]?(?:(?:(?:${labels})(?:\s?\d{1,2}-|\s?\d{0,2}[\])]?:|[\])]|\s[-–—]\s|\s?[–—]|\s\|)|(?:\d(?:st|nd|rd|th)\s)?(?:lead|ld)\))\s*[\[(]?)+`,
  'i',
);

/** Agencies join some labels to a headline that begins with a capital. */
const joined =
  /^(?:Exclusive|Analysis|Insight|Factbox|Explainer|Update|Wrapup|Refile|Focus|Interview|Timeline|EXCLUSIVE|ANALYSIS|INSIGHT|FACTBOX|EXPLAINER|UPDATE|WRAPUP|REFILE|RPT|CORRECTED|FOCUS|INTERVIEW|TIMELINE)-(?=["'“‘]?[\p{Lu}\d])/u;

/** What is put in brackets behind a headline for its picture. */
const pictured = /\s[[(](?:video|photos?|pictures|gallery|graphic|updated?|watch|live)[\])]$/i;

/** What an outlet puts behind its headline: a bar or a dash with spaces, then a name of few words. */
const suffix = /\s(?:[|»·•:]|[-–—]{1,2})\s([^|»·•–—]{2,40})$/;

/** Outlets whose names stand behind headlines with a dash, in lower case; a bar needs no such list. */
const outletWords =
  /\b(?:news|times|post|reuters|ap|afp|press|agency|daily|journal|herald|guardian|telegraph|tribune|bbc|cnn|magazine|review|defen[cs]e|military|media|online|today|observer|wire|tass|yahoo|msn|nbc|abc|cbs|npr|politico|bloomberg|axios|janes|newsweek|report|insider|world|independent|monitor|\w+\.(?:com|org|net|co|mil))\b/i;

/** Tails that are taken off one title: a section and an outlet. */
const tailsMax = 2;

/** A title without the labels before it and the outlet behind it. Never empty unless the title is. */
export function bareTitle(title: string): string {
  let bare = title.trim().replace(prefix, '').replace(joined, '').replace(pictured, '');
  for (let tails = 0; tails < tailsMax; tails += 1) {
    const shorter = withoutTail(bare);
    if (shorter === bare) break;
    bare = shorter;
  }
  return bare === '' ? title.trim() : bare;
}

function withoutTail(title: string): string {
  const found = suffix.exec(title);
  const name = found?.[1] ?? '';
  const isBar = found !== null && /^\s[|»·•]/.test(found[0]);
  const isOutlet = found !== null && name.split(/\s+/).length <= 5 && (isBar || outletWords.test(name));
  return isOutlet ? title.slice(0, found.index).trim() : title;
}

/** The words of a text as copies are compared: lower case, without accents, punctuation and possessives. */
export function plainWords(text: string): string[] {
  return tokensOf(text).map(({ text: word }) => comparable(word).toLowerCase());
}

/** Words that one outlet writes short, in digits or not at all where another does not. */
const spellings: ReadonlyMap<string, string> = new Map(
  (
    'two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 bn=billion bln=billion mn=million mln=million ' +
    'govt=government gov=government intl=international dept=department defmin=minister min=minister pct= percent= cent= per= ' +
    'the= a= an= and= organization=organisation authorize=authorise authorizes=authorises authorized=authorised analyze=analyse ' +
    'recapitalization=recapitalisation realize=realise criticize=criticise criticizes=criticises criticized=criticised ' +
    'favor=favour honor=honour honors=honours neighbor=neighbour neighbors=neighbours color=colour rumor=rumour ' +
    'theater=theatre fiber=fibre caliber=calibre plow=plough plows=ploughs canceled=cancelled canceling=cancelling fueled=fuelled ' +
    'fueling=fuelling traveling=travelling signaled=signalled aluminum=aluminium tons=tonnes ton=tonne'
  )
    .split(' ')
    .map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)] as const;
    }),
);

/** A bare title as titles are compared: its plain words in one spelling, numbers in digits, without articles, joined by spaces. */
export const comparedTitle = (bare: string): string =>
  plainWords(bare)
    .map((word) => spellings.get(word) ?? word)
    .filter(Boolean)
    .join(' ');
