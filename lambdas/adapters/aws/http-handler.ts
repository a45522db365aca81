import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { edgeAnswer, type App } from '../edge-answer.ts';

/** What the application sees as its own address; it builds links from its configuration, so no real one is needed. */
const origin = 'https://sitrep.invalid';

/**
 * The application as a Lambda behind an API Gateway HTTP API, payload format 2.0. The path is taken as it is, cookies are
 * ignored, compressed bodies travel as base64. Source: API Gateway, "Lambda proxy integrations for HTTP APIs".
 */
export function createHttpHandler(
  app: App,
): (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2> {
  return async (event) => {
    const query = event.rawQueryString === '' ? '' : `?${event.rawQueryString}`;
    const { status, headers, body } = await edgeAnswer(app, {
      method: event.requestContext.http.method,
      target: `${event.rawPath}${query}`,
      origin,
      headers: Object.entries(event.headers).flatMap(([name, value]): [string, string][] =>
        value === undefined || name.toLowerCase() === 'cookie' ? [] : [[name, value]],
      ),
      hasBody: (event.body ?? '') !== '',
    });
    const binary = headers.has('content-encoding');
    return {
      statusCode: status,
      headers: Object.fromEntries(headers),
      body: body === null ? '' : body.toString(binary ? 'base64' : 'utf8'),
      isBase64Encoded: binary && body !== null,
    };
  };
}
