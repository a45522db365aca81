/** The kinds of publisher Sitrep knows; a filter value and a prior for lead stories. */
export const sourceKinds = ['official', 'trade', 'think-tank', 'wire', 'general'] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** A publisher, e.g. a ministry or a trade title. `country` is ISO 3166-1 alpha-2 (XK for Kosovo) or `INT`. */
export interface Source {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly country: string;
  readonly kind: SourceKind;
}

/** A document of a source that we poll. `every` bounds the poll interval, in minutes. */
export interface Feed {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly source: string;
  readonly country: string;
  readonly language: string;
  readonly kind: SourceKind;
  readonly topics?: readonly string[];
  readonly every?: { readonly min: number; readonly max: number };
  readonly note?: string;
}

/** The checked content of `data/feeds.yaml`: every `feed.source` names a source of the list, ids are unique. */
export interface Catalogue {
  readonly sources: readonly Source[];
  readonly feeds: readonly Feed[];
}
