import vm from 'node:vm';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import * as z from 'zod/mini';
import { edgeFunctionCode } from '../../lib/edge/edge-function-code.ts';
import { Edge } from '../../lib/edge.ts';
import { stageNamed } from '../../lib/stages.ts';

/** A GET as a reader sends it: the path, the query as it stands in the address, header values by lower-case name. */
export interface ViewerRequest {
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What the deployed edge does to a request before it looks for it: what it makes of it, and what it knows it by. */
export interface EdgePolicy {
  /** The request as the viewer-request function passes it on. */
  readonly normalised: (request: ViewerRequest) => ViewerRequest;
  /** Lower-case names of the headers that are part of the key, besides the encodings. */
  readonly keyHeaders: readonly string[];
  /** Bounds of how long an answer is kept, in seconds, whatever it says. */
  readonly ttlSeconds: { readonly min: number; readonly max: number };
}

const Policy = z.object({
  CachePolicyConfig: z.object({
    MinTTL: z.number(),
    DefaultTTL: z.literal(0),
    MaxTTL: z.number(),
    ParametersInCacheKeyAndForwardedToOrigin: z.object({
      QueryStringsConfig: z.object({ QueryStringBehavior: z.literal('all') }),
      CookiesConfig: z.object({ CookieBehavior: z.literal('none') }),
      HeadersConfig: z.object({ HeaderBehavior: z.literal('whitelist'), Headers: z.array(z.string()) }),
      EnableAcceptEncodingGzip: z.literal(true),
      EnableAcceptEncodingBrotli: z.literal(true),
    }),
  }),
});

const Normalised = z.object({
  querystring: z.string(),
  headers: z.record(z.string(), z.object({ value: z.string() })),
});

/** Requests that were normalised once need not be again; beyond this many the memory is emptied. */
const rememberedMax = 20_000;

/**
 * Reads the cache policy out of the template that lib/edge.ts makes, and runs the viewer-request function as CloudFront
 * does. Throws when the policy is of a kind this model does not know.
 */
export function edgePolicy(): EdgePolicy {
  const stack = new Stack(new App(), 'Stack');
  const api = new HttpApi(stack, 'Api');
  new Edge(stack, 'Edge', { stage: stageNamed('dev'), api, originSecret: 'a secret of the bench' });
  const [policy] = Object.values(Template.fromStack(stack).findResources('AWS::CloudFront::CachePolicy'));
  const { CachePolicyConfig: config } = Policy.parse(policy?.Properties);
  const { Headers } = config.ParametersInCacheKeyAndForwardedToOrigin.HeadersConfig;
  return {
    normalised: viewerRequestFunction(),
    keyHeaders: Headers.map((name) => name.toLowerCase()),
    ttlSeconds: { min: config.MinTTL, max: config.MaxTTL },
  };
}

function viewerRequestFunction(): EdgePolicy['normalised'] {
  const context = vm.createContext({});
  vm.runInContext(edgeFunctionCode('normalise-query.js'), context);
  const run = (request: ViewerRequest): ViewerRequest => {
    const event = { version: '1.0', request: { method: 'GET', uri: request.path, ...fieldsOf(request) } };
    const answer = vm.runInContext(`JSON.stringify(handler(${JSON.stringify(event)}))`, context);
    const { querystring, headers } = Normalised.parse(JSON.parse(String(answer)));
    const values = Object.entries(headers).map(([name, { value }]) => [name, value]);
    return { path: request.path, query: querystring, headers: Object.fromEntries(values) };
  };
  const remembered = new Map<string, ViewerRequest>();
  return (request) => {
    const key = JSON.stringify(request);
    const known = remembered.get(key);
    if (known !== undefined) return known;
    if (remembered.size >= rememberedMax) remembered.clear();
    const normalised = run(request);
    remembered.set(key, normalised);
    return normalised;
  };
}

/** Query and headers in the form of a CloudFront Functions event. */
function fieldsOf({ query, headers }: ViewerRequest) {
  const querystring: Record<string, { value: string; multiValue?: { value: string }[] }> = {};
  for (const pair of query === '' ? [] : query.split('&')) {
    const at = `${pair}=`.indexOf('=');
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    const before = querystring[name];
    const all = [
      ...(before?.multiValue ?? (before === undefined ? [] : [{ value: before.value }])),
      { value },
    ];
    querystring[name] = all.length > 1 ? { value, multiValue: all } : { value };
  }
  const values = Object.entries(headers).map(([name, value]) => [name, { value }]);
  return { querystring, headers: Object.fromEntries(values), cookies: {} };
}
