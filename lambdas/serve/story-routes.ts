import { csvMediaType, csvTable } from '../core/render/csv.ts';
import { chosenFields, storyCells, storyFieldNames } from '../core/render/fields.ts';
import type { StoryField, StoryJson } from '../core/render/fields.ts';
import { cacheLives, mediaTypes } from '../core/render/http-headers.ts';
import { ndjsonMediaType, ndjsonText } from '../core/render/ndjson.ts';
import { servedTimes } from '../core/render/served-time.ts';
import { storyDetail, storyFields } from '../core/render/story-json.ts';
import { canonicalShape, readAnswerShape, shapeParameterNames } from '../core/query/answer-shape.ts';
import type { AnswerFormat, AnswerShape } from '../core/query/answer-shape.ts';
import { canonicalQuery, parameterNames, readStoryQuery } from '../core/query/story-query.ts';
import type { StoryLine } from '../core/words/story.ts';
import { jsonAnswer, problemAnswer, refusedAnswer, type Answer } from './answer.ts';
import { clusterOf } from './cluster-routes.ts';
import type { RouteCall, ServeContext } from './serve-context.ts';
import { loggedStories, readStoryPage, type StoryPage } from './story-page.ts';

/** Bytes of stories in one answer; the edge function may return 6 MB. Source: AWS Lambda quotas. */
const storiesBytesMax = 2_000_000;

/** The parameters of `/api/stories`: those of every query and those that say how the answer is written. */
export const storiesParameterNames = [...parameterNames, ...shapeParameterNames] as const;

/** `/api/stories`: the analyst query as JSON, CSV or NDJSON. `Link` leads to the next page in every format. */
export async function storiesRoute(call: RouteCall, context: ServeContext): Promise<Answer> {
  const { vocabulary } = context;
  const query = readStoryQuery(call.search, {
    vocabulary,
    nowMs: call.nowMs,
    allowed: storiesParameterNames,
  });
  if (!query.ok) return refusedAnswer(query.problem);
  const shape = readAnswerShape(call.search, storyFieldNames);
  if (!shape.ok) return refusedAnswer(shape.problem);
  const page = await readStoryPage(query.value, context);
  if (!page.ok) return refusedAnswer(page.problem);
  const { lines, nextCursor } = pageWithin(page.value, storiesBytesMax);
  const timed = lines.map((line) => ({ line, times: servedTimes(line, call.nowMs) }));
  const stories = timed.map(({ line, times }) => storyFields(line, times));
  const next = nextCursor === null ? null : canonicalQuery(query.value, { cursor: nextCursor });
  const { headers, ...written } = writers[shape.value.format ?? 'json']({
    stories,
    nextCursor,
    fields: shape.value.fields,
  });
  return {
    ...written,
    status: 200,
    cacheControl: cacheLives.query,
    headers: { ...headers, ...nextLink(`${context.publicUrl}${call.path}`, next, shape.value) },
    lastModified: timed.length === 0 ? null : Math.max(...timed.map(({ times }) => times.changed)),
    logged: loggedStories(lines),
  };
}

interface StoriesPage {
  readonly stories: readonly StoryJson[];
  readonly nextCursor: string | null;
  readonly fields: readonly StoryField[] | null;
}

type Written = Pick<Answer, 'mediaType' | 'body'> & { readonly headers: Readonly<Record<string, string>> };

const writers: Readonly<Record<AnswerFormat, (page: StoriesPage) => Written>> = {
  json: ({ stories, nextCursor, fields }) => ({
    mediaType: mediaTypes.json,
    body: `${JSON.stringify({ stories: stories.map((story) => chosenFields(story, fields)), nextCursor })}\n`,
    headers: {},
  }),
  csv: ({ stories, fields }) => {
    const columns = fields ?? storyFieldNames;
    const rows = stories.map((story) => storyCells(story, columns));
    return { mediaType: csvMediaType, body: csvTable(columns, rows), headers: attached('stories.csv') };
  },
  ndjson: ({ stories, fields }) => ({
    mediaType: ndjsonMediaType,
    body: ndjsonText(stories.map((story) => chosenFields(story, fields))),
    headers: attached('stories.ndjson'),
  }),
};

/** A browser that opens a table saves it instead of showing it. Source: RFC 6266 §4. */
const attached = (name: string) => ({ 'content-disposition': `attachment; filename="sitrep-${name}"` });

/** The address of the next page; formats other than JSON have no other place for it. Source: RFC 8288 §3. */
function nextLink(address: string, next: string | null, shape: AnswerShape<string>) {
  if (next === null) return {};
  const query = [next, canonicalShape(shape)].filter((part) => part !== '').join('&');
  return { link: `<${address}?${query}>; rel="next"` };
}

/** The first lines that fit into the bound, at least one, with the cursor that continues after them. */
function pageWithin({ lines, nextCursor, cursorFor }: StoryPage, bytesMax: number) {
  let bytes = 0;
  const tooMany = lines.findIndex((line, at) => {
    bytes += Buffer.byteLength(JSON.stringify(line));
    return at > 0 && bytes > bytesMax;
  });
  if (tooMany === -1) return { lines, nextCursor };
  const kept: readonly StoryLine[] = lines.slice(0, tooMany);
  const last = kept.at(-1);
  return { lines: kept, nextCursor: last === undefined ? nextCursor : cursorFor(last) };
}

/** `/api/stories/{id}`: one story with the reason for every tag and the event it belongs to; 404 for an id that is not there or is none. */
export async function storyRoute(call: RouteCall, context: ServeContext): Promise<Answer> {
  const { vocabulary } = context;
  const query = readStoryQuery(call.search, { vocabulary, nowMs: call.nowMs, allowed: [] });
  if (!query.ok) return refusedAnswer(query.problem);
  const story = await context.stories.story(call.parts.id ?? '');
  if (story === null)
    return problemAnswer('not-found', 'Expected the id of a story on the wire, got another');
  return {
    ...jsonAnswer(storyDetail(story, call.nowMs, await clusterOf(story, context)), cacheLives.query),
    logged: { stories: 1, storyId: story.id, trace: story.trace },
  };
}
