/** Month names in the languages of the press we follow: each line lists all spellings of one month. */
const spellings = [
  'jan january januar janvier janv januari enero ene gennaio gen janeiro stycznia sty января янв ocak leden ledna tammikuu',
  'feb february februar fevrier fevr fev februari febrero febbraio fevereiro lutego lut февраля фев subat unora helmikuu',
  'mar march marz mars maart mrt marzo marco marca марта мар mart brezna maaliskuu mrz',
  'apr april avril avr abril abr aprile kwietnia kwi апреля апр nisan dubna huhtikuu',
  'may mai mei mayo maggio mag maio maja maj мая май mayis kvetna toukokuu',
  'jun june juni juin junio giugno giu junho czerwca cze июня июн haziran cervna kesakuu',
  'jul july juli juillet juil julio luglio lug julho lipca lip июля июл temmuz cervence heinakuu',
  'aug august aout augustus agosto ago augusti sierpnia sie августа авг agustos srpna elokuu',
  'sep sept september septembre septiembre settembre set setembro wrzesnia wrz сентября сен eylul zari syyskuu',
  'oct october okt oktober octobre octubre ottobre ott outubro out pazdziernika paz октября окт ekim rijna lokakuu',
  'nov november novembre noviembre novembro listopada lis ноября ноя kasim marraskuu',
  'dec december dez dezember decembre diciembre dic dicembre dezembro desember grudnia gru декабря дек aralik prosince joulukuu',
];

const months = new Map(
  spellings.flatMap((names, month) => names.split(' ').map((name) => [name, month + 1] as const)),
);

/**
 * Number of a month (1 to 12) by its name or abbreviation in any of the languages we know, without regard to case,
 * accents and a trailing dot; null for anything else. Longer English forms (`Septemb`) count by their first letters.
 */
export function monthNumber(name: string): number | null {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}|\./gu, '')
    .toLowerCase()
    .normalize('NFC');
  const known = months.get(plain) ?? months.get(name.toLowerCase().replace(/\.$/, ''));
  if (known !== undefined) return known;
  const short = /^(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)[a-z]{1,8}$/.test(plain)
    ? plain.slice(0, 3)
    : '';
  return months.get(short) ?? null;
}
