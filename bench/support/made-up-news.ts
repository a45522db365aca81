/** A feed of the simulation. Times are epoch milliseconds, oldest first. */
export interface MadeUpFeed {
  readonly id: string;
  readonly perDay: number;
  readonly listedMax: number;
  readonly hasDates: boolean;
  readonly times: readonly number[];
}

/** One group of feeds of a mix: how many, and the stories a day of the n-th of them. */
export interface FeedGroup {
  readonly feeds: number;
  readonly perDay: (chance: () => number) => number;
}

/** Stories follow a story within three hours now and then: how often, and how many on average. */
export interface Bursts {
  readonly chance: number;
  readonly followers: number;
}

/**
 * How a mix of feeds publishes. `hours`: who keeps newsroom hours, weekends included (four in five unless told otherwise);
 * `isSteady`: nobody changes its rate in between.
 */
export interface NewsMix {
  readonly name: string;
  readonly groups: readonly FeedGroup[];
  readonly officeShare?: number;
  readonly bursts?: Bursts;
  readonly isSteady?: boolean;
}

const dayMs = 86_400_000;

/** Numbers in [0, 1), the same for the same seed. Source: mulberry32, public domain. */
export function seededChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Share of a weekday's news in each hour of the newsroom's own day; made up after the usual shape. */
const newsroomHours = [
  0.15, 0.1, 0.1, 0.1, 0.2, 0.4, 0.8, 1.3, 1.8, 2.1, 2.2, 2.1, 1.8, 1.9, 2.0, 1.9, 1.7, 1.3, 0.9, 0.6, 0.5,
  0.4, 0.3, 0.2,
];
const weekendShare = 0.3;
const zoneHours = [-8, -5, -5, -5, 0, 1, 1, 2, 3, 5.5, 8, 9, 10];

const burstsDefault: Bursts = { chance: 0.06, followers: 5 };

/** How much faster than its mean a feed publishes at a time; the mean over a week is one. */
type Pace = (at: number) => number;

function newsroomPace(zone: number): Pace {
  const hoursMean = newsroomHours.reduce((sum, share) => sum + share, 0) / 24;
  const mean = (hoursMean * (5 + 2 * weekendShare)) / 7;
  return (at) => {
    const local = at + zone * 3_600_000;
    const day = new Date(local).getUTCDay();
    const share = newsroomHours[Math.floor((local % dayMs) / 3_600_000)] ?? 0;
    return (share * (day === 0 || day === 6 ? weekendShare : 1)) / mean;
  };
}

interface Period {
  readonly from: number;
  readonly to: number;
}

/** Arrivals of a Poisson process whose rate changes with time, by thinning, with bursts. Oldest first. */
function publicationTimes(
  feed: { perDay: number; pace: Pace; bursts: Bursts },
  period: Period,
  chance: () => number,
): number[] {
  const { perDay, pace } = feed;
  const fastest = 4;
  const times: number[] = [];
  const wait = () => (-Math.log(1 - chance()) * dayMs) / (perDay * fastest);
  for (let at = period.from + wait(); at < period.to; at += wait()) {
    if (chance() * fastest >= pace(at)) continue;
    times.push(at);
    if (chance() >= feed.bursts.chance) continue;
    const followers = 1 + Math.floor(chance() * (2 * feed.bursts.followers - 1));
    for (let follower = 0; follower < followers; follower += 1) times.push(at + chance() * 3 * 3_600_000);
  }
  return times.filter((at) => at < period.to).sort((one, other) => one - other);
}

/** A twentieth of the feeds publish four times more, or less, from some day on. */
function withChangeOfRate(pace: Pace, period: Period, chance: () => number): Pace {
  const kind = chance();
  const from = period.from + chance() * (period.to - period.from);
  if (kind >= 0.05) return pace;
  const factor = kind < 0.025 ? 0.25 : 1 / 0.25;
  return (at) => pace(at) * (at < from ? Math.min(1, 1 / factor) : Math.min(1, factor));
}

/** Documents list forty entries at the most, so this many before the period are all that is ever read. */
const historyEntries = 100;

/**
 * The feeds of a mix with everything they publish in the period and, for up to 200 days, before it; the same for the same
 * seed. Unless the mix says otherwise one feed in five works round the clock; one in ten gives no dates, documents list the
 * newest 20 to 40.
 */
export function madeUpFeeds(mix: NewsMix, period: Period, seed: number): MadeUpFeed[] {
  const chance = seededChance(seed);
  const { officeShare = 0.8, bursts = burstsDefault, isSteady = false } = mix;
  const storiesPerStart = 1 + bursts.chance * bursts.followers;
  return mix.groups.flatMap((group, groupAt) =>
    Array.from({ length: group.feeds }, (_, at) => {
      const perDay = group.perDay(chance);
      const zone = zoneHours[Math.floor(chance() * zoneHours.length)] ?? 0;
      const office = chance() < officeShare ? newsroomPace(zone) : () => 1;
      const pace = isSteady ? office : withChangeOfRate(office, period, chance);
      const feed = { perDay: perDay / storiesPerStart, pace, bursts };
      const from = period.from - Math.min(200, Math.max(4, historyEntries / perDay)) * dayMs;
      return {
        id: `${mix.name}-${groupAt}-${at}`,
        perDay,
        listedMax: 20 + Math.floor(chance() * 21),
        hasDates: chance() >= 0.1,
        times: publicationTimes(feed, { from, to: period.to }, chance),
      };
    }),
  );
}
