/** A node of the two-level taxonomy: `sea.submarines` in domain `sea`. */
export interface Topic {
  readonly slug: string;
  readonly label: string;
  readonly definition: string;
}

export interface Domain {
  readonly slug: string;
  readonly label: string;
  readonly topics: readonly Topic[];
}

/** What the serving side needs to know of the taxonomy: names and definitions, no match rules. */
export interface TopicTree {
  readonly version: number;
  readonly domains: readonly Domain[];
}
