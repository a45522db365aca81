/**
 * Minutes east of UTC of the zone abbreviations that feeds use. Where one abbreviation has several meanings the one
 * of RFC 822, else the most common in news feeds, is taken (IST: India; BST: British summer; CST: central America).
 */
const zoneMinutes = new Map(
  Object.entries({
    ut: 0,
    utc: 0,
    gmt: 0,
    z: 0,
    zulu: 0,
    wet: 0,
    west: 60,
    bst: 60,
    cet: 60,
    met: 60,
    mez: 60,
    wat: 60,
    cest: 120,
    mest: 120,
    mesz: 120,
    eet: 120,
    sast: 120,
    cat: 120,
    eest: 180,
    msk: 180,
    trt: 180,
    eat: 180,
    ast3: 180,
    msd: 240,
    gst: 240,
    irst: 210,
    aft: 270,
    pkt: 300,
    ist: 330,
    npt: 345,
    ict: 420,
    wib: 420,
    hkt: 480,
    sgt: 480,
    myt: 480,
    pht: 480,
    awst: 480,
    wita: 480,
    jst: 540,
    kst: 540,
    wit: 540,
    acst: 570,
    acdt: 630,
    aest: 600,
    aedt: 660,
    nzst: 720,
    nzdt: 780,
    nst: -210,
    ndt: -150,
    ast: -240,
    at: -240,
    adt: -180,
    brt: -180,
    brst: -120,
    art: -180,
    clt: -240,
    clst: -180,
    est: -300,
    edt: -240,
    et: -300,
    cst: -360,
    cdt: -300,
    ct: -360,
    mst: -420,
    mdt: -360,
    mt: -420,
    pst: -480,
    pdt: -420,
    pt: -480,
    akst: -540,
    akdt: -480,
    hst: -600,
  }),
);

/**
 * Minutes east of UTC of a zone as feeds write it: `+0200`, `+02:00`, `+2`, `GMT+2`, `UTC-05:30`, `CEST`, `Etc/GMT`.
 * A name nobody knows counts as UTC, because a time that is some hours off is better than none; null for an offset
 * that no place on Earth has (beyond ±14:59).
 */
export function zoneOffsetMinutes(zone: string): number | null {
  const plain = zone
    .trim()
    .toLowerCase()
    .replace(/^etc\//, '')
    .replace(/[()]/g, '');
  const offset = /^(?:gmt|utc|ut|z)?\s?([+-])(\d{1,2}):?(\d{2})?(?::?\d{2})?$/.exec(plain);
  if (offset === null) return zoneMinutes.get(plain) ?? 0;
  const [, sign, hours, minutes = '0'] = offset;
  const size = Number(hours) * 60 + Number(minutes);
  if (Number(minutes) > 59 || size >= 15 * 60) return null;
  return sign === '-' ? -size : size;
}
