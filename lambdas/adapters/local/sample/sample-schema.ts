import * as z from 'zod';
import { sourceKinds } from '../../../core/words/feed.ts';
import { sampleFormats, sampleValidators } from './sample-wire.ts';

const storiesMax = 500; // Far above what one outlet of a sample needs.
const minutesMax = 100_000;

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case words joined by hyphens');
const topicSlug = z.string().regex(/^[a-z]+\.[a-z0-9-]+$/, 'expected a topic such as sea.submarines');
const text = z.string().trim().min(1, 'expected some text').max(20_000);
const at = z.number().min(-minutesMax).max(minutesMax);
// Addresses end in .example (RFC 2606), so no published link can lead to anyone's site.
const exampleUrl = z
  .string()
  .regex(/^https?:\/\/([a-z0-9-]+\.)*[a-z0-9-]+\.example\//, 'expected an http(s) address under .example');
const pattern = z.string().regex(/\{id\}/, 'expected a pattern that contains {id}');
const path = z
  .string()
  .regex(/^\/[a-z0-9][a-z0-9/._-]*$/, 'expected a path of lower-case letters, digits, /, ., _ and -');

const SourceRecord = z.strictObject({
  id: slug,
  title: text,
  url: exampleUrl,
  country: z.string().regex(/^([A-Z]{2}|INT)$/, 'expected an ISO 3166-1 alpha-2 code or INT'),
  kind: z.enum(sourceKinds),
  link: exampleUrl.and(pattern),
  guid: pattern,
});

const FeedRecord = z.strictObject({
  id: slug,
  source: slug,
  title: text,
  language: z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'expected a language such as en or en-GB'),
  path,
  format: z.enum(sampleFormats),
  validators: z.enum(sampleValidators).default('both'),
  encoding: z.enum(['utf-8', 'windows-1252']).default('utf-8'),
  contentType: z.nullable(text).default(null),
  utcOffsetMinutes: z.int().min(-720).max(840).default(0),
  malformed: z.boolean().default(false),
  relativeLinks: z.boolean().default(false),
  tracking: z.nullable(text).default(null),
  movedFrom: z.nullable(path).default(null),
  downRetryAfterSeconds: z.nullable(z.int().min(1).max(86_400)).default(null),
  note: z.nullable(text).default(null),
});

const EditRecord = z.strictObject({
  at,
  title: z.nullable(text).default(null),
  summary: z.nullable(z.string().trim()).default(null),
});

const StoryRecord = z.strictObject({
  id: slug,
  feeds: z.array(slug).min(1).optional(),
  at,
  title: text.optional(),
  summary: z.string().trim().optional(),
  markup: z.boolean().optional(),
  content: z.nullable(text).default(null),
  authors: z.array(text).max(10).default([]),
  categories: z.array(text).max(20).default([]),
  dateShiftMinutes: z.nullable(z.number().min(-minutesMax).max(minutesMax)).default(0),
  hasGuid: z.boolean().default(true),
  edits: z.array(EditRecord).max(10).default([]),
  topics: z.array(topicSlug).max(4).optional(),
  event: slug.optional(),
  copyOf: slug.optional(),
  /** Appended to the text of a copy: how the outlet credits it. */
  credit: text.optional(),
});
export type StoryRecord = z.infer<typeof StoryRecord>;

/** `data/sample/sources.yaml`: who publishes, and how each feed's server behaves. Unknown keys are errors. */
export const SourcesFile = z.strictObject({
  sources: z.array(SourceRecord).min(1).max(100),
  feeds: z.array(FeedRecord).min(1).max(100),
});
export type SourcesFile = z.infer<typeof SourcesFile>;

/** `data/sample/stories/*.yaml`: the stories of one source. `feeds` of a story defaults to the source's first feed. */
export const StoriesFile = z.strictObject({
  source: slug,
  stories: z.array(StoryRecord).min(1).max(storiesMax),
});
export type StoriesFile = z.infer<typeof StoriesFile>;
