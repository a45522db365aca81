import { problemTypes } from '../render/problem.ts';
import { count, type JsonSchema, listOf, nullable, instant, objectOf, text } from './json-schema.ts';

const types = Object.keys(problemTypes).map((type) => `urn:sitrep:problem:${type}`);

/** Failures, and the state of the service. Source: RFC 9457 §3. */
export const problemSchemas: Readonly<Record<string, JsonSchema>> = {
  Problem: objectOf(
    {
      type: text('The kind of failure; stays the same.', { enum: types }),
      title: text('The kind in words.'),
      status: count('The HTTP status.', { minimum: 400, maximum: 599 }),
      detail: text('What was expected and what came, for people; the words may change.'),
      parameter: text('The parameter that was refused.'),
      value: text('What was sent, shortened and on one line.'),
      allowed: {
        description: 'What would do: the values there are, at most 200, or a description.',
        anyOf: [{ type: 'string' }, listOf({ type: 'string' }, 'Values.')],
      },
      didYouMean: text('The nearest allowed value.'),
    },
    'Why a request failed.',
    ['parameter', 'value', 'allowed', 'didYouMean'],
  ),
  Health: objectOf(
    {
      version: text('The release.'),
      stories: count('Stories on the wire.'),
      newestStory: nullable(instant('When the newest was first seen.')),
    },
    'The state of the service.',
  ),
};
