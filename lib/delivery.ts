import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
  PayloadFormatVersion,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { EnvironmentOf, ServeEnvironment } from '../lambdas/environment.ts';
import { commonEnvironment } from './common-environment.ts';
import { Edge } from './edge.ts';
import { ServiceFunction } from './service-function.ts';
import type { Stage } from './stages.ts';
import type { Storage } from './storage.ts';

export interface DeliveryProps {
  readonly stage: Stage;
  readonly storage: Storage;
}

/** Origin requests, one JSON line each. No addresses: at the origin they are the edge's, and readers' are not ours to keep. */
const accessLogLine = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTime',
  method: '$context.httpMethod',
  path: '$context.path',
  status: '$context.status',
  bytes: '$context.responseLength',
  latencyMs: '$context.responseLatency',
  integrationLatencyMs: '$context.integrationLatency',
  error: '$context.integrationErrorMessage',
});

/** Serves the wire: CloudFront → HTTP API → serve function. docs/adr/0004-edge-and-api.md says why these three. */
export class Delivery extends Construct {
  /** Public address of the edge, without a trailing slash. */
  readonly publicUrl: string;

  constructor(scope: Construct, id: string, { stage, storage }: DeliveryProps) {
    super(scope, id);
    const secret = new Secret(this, `OriginSecret${stage.originSecretGeneration}`, {
      description: 'What the edge sends as x-origin-verify, so that the API answers nobody else',
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // CloudFormation resolves it while deploying: the value is in no template, file or log.
    const originSecret = secret.secretValue.unsafeUnwrap();
    const api = new HttpApi(this, 'Api', { apiName: `sitrep-${stage.name}`, createDefaultStage: false });
    const edge = new Edge(this, 'Edge', { stage, api, originSecret });
    this.publicUrl = edge.publicUrl;

    const environment: EnvironmentOf<typeof ServeEnvironment> = {
      ...commonEnvironment({ stage, storage, service: 'serve' }),
      PUBLIC_URL: edge.publicUrl,
      ORIGIN_SECRET: originSecret,
    };
    const serve = new ServiceFunction(this, 'Serve', {
      stage,
      entry: 'serve',
      environment,
      memoryMb: 1024,
      timeout: Duration.seconds(10),
    });
    storage.grant(serve.lambda, { actions: ['GetItem'], classes: ['story', 'cluster', 'tally'] });
    storage.grant(serve.lambda, { actions: ['Query'], classes: ['listing', 'tally', 'feedHealth'] });
    new HttpRoute(this, 'Route', {
      httpApi: api,
      // Every path and method: what does not exist is answered (404, 405 with Allow) by the same code as locally.
      routeKey: HttpRouteKey.DEFAULT,
      integration: new HttpLambdaIntegration('Integration', serve.lambda, {
        payloadFormatVersion: PayloadFormatVersion.VERSION_2_0,
      }),
    });
    this.addStage(api, stage);
  }

  private addStage(api: HttpApi, stage: Stage): void {
    const log = new LogGroup(this, 'AccessLog', {
      retention: stage.logRetention,
      removalPolicy: stage.deletionProtection ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle: {
        rateLimit: stage.throttling.requestsPerSecond,
        burstLimit: stage.throttling.burstRequests,
      },
      accessLogSettings: {
        destination: new LogGroupLogDestination(log),
        format: AccessLogFormat.custom(accessLogLine),
      },
    });
  }
}
