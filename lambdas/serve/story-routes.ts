import { servedTimes } from '../core/render/served-time.ts';
import { storyDetail, storyFields } from '../core/render/story-json.ts';
import { parameterNames, readStoryQuery } from '../core/query/story-query.ts';
import type { StoryLine } from '../core/words/story.ts';
import { cacheLives } from '../core/render/http-headers.ts';
import { jsonAnswer, problemAnswer, refusedAnswer, type Answer } from './answer.ts';
import type { RouteCall, ServeContext } from './serve-context.ts';
import { loggedStories, readStoryPage } from './story-page.ts';

/** Bytes of stories in one answer; the edge function may return 6 MB. Source: AWS Lambda quotas. */
const storiesBytesMax = 2_000_000;

/** `/api/stories`: the analyst query as JSON. */
export async function storiesRoute(call: RouteCall, context: ServeContext): Promise<Answer> {
  const { vocabulary } = context;
  const query = readStoryQuery(call.search, { vocabulary, nowMs: call.nowMs, allowed: parameterNames });
  if (!query.ok) return refusedAnswer(query.problem);
  const page = await readStoryPage(query.value, context);
  if (!page.ok) return refusedAnswer(page.problem);
  const kept = linesWithin(page.value.lines, storiesBytesMax);
  const last = kept.at(-1);
  const cut = kept.length < page.value.lines.length;
  const nextCursor = cut && last !== undefined ? page.value.cursorFor(last) : page.value.nextCursor;
  const times = kept.map((line) => servedTimes(line, call.nowMs));
  const stories = kept.map((line, at) => storyFields(line, times[at] ?? servedTimes(line, call.nowMs)));
  return {
    ...jsonAnswer({ stories, nextCursor }, cacheLives.query),
    lastModified: times.length === 0 ? null : Math.max(...times.map(({ changed }) => changed)),
    logged: loggedStories(kept),
  };
}

/** The first lines that fit into the bound, at least one. */
function linesWithin(lines: readonly StoryLine[], bytesMax: number): readonly StoryLine[] {
  let bytes = 0;
  const tooMany = lines.findIndex((line, at) => {
    bytes += Buffer.byteLength(JSON.stringify(line));
    return at > 0 && bytes > bytesMax;
  });
  return tooMany === -1 ? lines : lines.slice(0, tooMany);
}

/** `/api/stories/{id}`: one story with the reason for every tag; 404 for an id that is not there or is none. */
export async function storyRoute(call: RouteCall, context: ServeContext): Promise<Answer> {
  const { vocabulary } = context;
  const query = readStoryQuery(call.search, { vocabulary, nowMs: call.nowMs, allowed: [] });
  if (!query.ok) return refusedAnswer(query.problem);
  const story = await context.stories.story(call.parts.id ?? '');
  if (story === null)
    return problemAnswer('not-found', 'Expected the id of a story on the wire, got another');
  return {
    ...jsonAnswer(storyDetail(story, call.nowMs), cacheLives.query),
    logged: { stories: 1, storyId: story.id, trace: story.trace },
  };
}
