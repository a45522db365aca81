import { request as httpRequest } from 'node:http';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { createHttpHandler } from '../../lambdas/adapters/aws/http-handler.ts';
import type { App } from '../../lambdas/adapters/edge-answer.ts';
import type { HttpCase } from './http-cases.ts';

/** What came back, the same for every edge; header names in lower case. */
export interface Received {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** An event as an HTTP API sends it, payload format 2.0. */
export function httpApiEvent({ target, method = 'GET', send = {}, body }: HttpCase): APIGatewayProxyEventV2 {
  const at = target.indexOf('?');
  const rawPath = at === -1 ? target : target.slice(0, at);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString: at === -1 ? '' : target.slice(at + 1),
    cookies: ['session=1'],
    headers: send,
    requestContext: {
      accountId: '123456789012',
      apiId: 'api',
      domainName: 'api.example',
      domainPrefix: 'api',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      requestId: 'id',
      routeKey: '$default',
      stage: '$default',
      time: '22/Nov/2026:12:00:00 +0000',
      timeEpoch: 0,
    },
    ...(body === undefined ? {} : { body }),
    isBase64Encoded: false,
  };
}

/** Asks through the Lambda edge. */
export const askLambda = (app: App, asked: HttpCase): Promise<Received> =>
  askFunction(createHttpHandler(app), httpApiEvent(asked));

/** A Lambda function behind an HTTP API. */
export type HttpFunction = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

/** Asks a function with an event and reads its result as API Gateway does. */
export async function askFunction(handler: HttpFunction, event: APIGatewayProxyEventV2): Promise<Received> {
  const result = await handler(event);
  return {
    status: result.statusCode ?? 0,
    headers: new Map(Object.entries(result.headers ?? {}).map(([name, value]) => [name, String(value)])),
    body: Buffer.from(result.body ?? '', result.isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

/** Asks a server on this machine, one connection per request. */
export function askServer(
  port: number,
  { target, method = 'GET', send = {}, body }: HttpCase,
): Promise<Received> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const headers = { ...send, ...length };
    const request = httpRequest({ host: '127.0.0.1', port, path: target, method, headers, agent: false });
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const names = Object.entries(response.headers);
        resolve({
          status: response.statusCode ?? 0,
          headers: new Map(names.map(([name, value]) => [name, String(value)])),
          body: Buffer.concat(chunks),
        });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}
