import type { Tombstone } from '../../words/entry.ts';
import { feedDate } from '../feed-dates.ts';
import type { Attributes } from './attributes.ts';
import type { Draft } from './drafts.ts';
import { withoutControls } from './entities.ts';

/** The element by which a feed says that an entry was deleted. Source: RFC 6721 §3. */
export const tombstoneElement = 'at:deleted-entry';

/** No identifier of an entry is longer than the longest address we serve. */
const refCharactersMax = 2_048;

/** Keeps what a tombstone says, at most a hundred in a document; one without a usable `ref` names nothing and is passed over. */
export function noteTombstone(feed: Draft, attributes: Attributes): void {
  const ref = withoutControls(attributes.get('ref') ?? '').trim();
  if (ref === '' || ref.length > refCharactersMax) return;
  feed.add({ field: 'tombstone', rank: 0, value: ref, base: null, raw: attributes.get('when') ?? '' });
}

/** The tombstones of a document, each identifier once with its latest time. Never throws. */
export function tombstonesOf(feed: Draft): readonly Tombstone[] {
  const latest = new Map<string, Tombstone>();
  for (const { value: ref, raw = '' } of feed.of('tombstone')) {
    const when = feedDate(raw);
    const other = latest.get(ref);
    if (other === undefined || (when ?? '') > (other.when ?? '')) latest.set(ref, { ref, when });
  }
  return [...latest.values()];
}
