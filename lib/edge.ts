import { Duration, Fn, Stack } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginProtocolPolicy,
  OriginSslPolicy,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Construct } from 'constructs';
import { edgeFunctionCode } from './edge/edge-function-code.ts';
import { RateRule } from './rate-rule.ts';
import type { CustomDomain, Stage } from './stages.ts';

export interface EdgeProps {
  readonly stage: Stage;
  readonly api: HttpApi;
  /** Sent to the origin as x-origin-verify with every request. */
  readonly originSecret: string;
}

/** The CloudFront distribution: the only public address. What it caches, and for how long, the handler's headers say. */
export class Edge extends Construct {
  /** Public address, without a trailing slash. */
  readonly publicUrl: string;

  constructor(scope: Construct, id: string, { stage, api, originSecret }: EdgeProps) {
    super(scope, id);
    const origin = new HttpOrigin(Fn.select(2, Fn.split('/', api.apiEndpoint)), {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      // Above the function's own timeout, so that its answer, not the edge's, is what a reader sees.
      readTimeout: Duration.seconds(15),
      connectionAttempts: 2,
      customHeaders: { 'x-origin-verify': originSecret },
    });
    const distribution = new Distribution(this, 'Distribution', {
      comment: `Sitrep ${stage.name}`,
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: stage.priceClass,
      ...this.domainProps(stage.customDomain),
      ...(stage.rateRule === null
        ? {}
        : { webAclId: new RateRule(this, 'RateRule', { stage, ...stage.rateRule }).webAclArn }),
      defaultBehavior: {
        origin,
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
        compress: true,
        cachePolicy: this.cachePolicy(),
        responseHeadersPolicy: this.responseHeaders(),
        functionAssociations: [
          { eventType: FunctionEventType.VIEWER_REQUEST, function: this.normaliseQuery() },
        ],
      },
    });
    this.publicUrl = `https://${stage.customDomain?.name ?? distribution.distributionDomainName}`;
  }

  /**
   * The least time is 0 because above it CloudFront keeps even what is marked no-store. The three headers are what
   * normalise-query.js makes of A-IM, Accept and If-None-Match: `feed` or nothing, `text/html` or nothing, and the state a
   * reader of deltas has or nothing. Source: CloudFront, understand cache policies.
   */
  private cachePolicy(): CachePolicy {
    const { stackName, region } = Stack.of(this);
    return new CachePolicy(this, 'CachePolicy', {
      // Unique in the account, whatever other stages and regions it has.
      cachePolicyName: `${stackName}-${region}`,
      comment: 'Query string, encoding, delta and page; no cookies',
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.days(1),
      queryStringBehavior: CacheQueryStringBehavior.all(),
      headerBehavior: CacheHeaderBehavior.allowList('A-IM', 'Accept', 'X-Delta-Base'),
      cookieBehavior: CacheCookieBehavior.none(),
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
    });
  }

  /** For answers that the handler never sees, a 429 or 503 of the API; the handler's own have the same. */
  private responseHeaders(): ResponseHeadersPolicy {
    const { stackName, region } = Stack.of(this);
    return new ResponseHeadersPolicy(this, 'ResponseHeaders', {
      responseHeadersPolicyName: `${stackName}-${region}`,
      comment: 'Browsers come back over TLS and guess no types',
      securityHeadersBehavior: {
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(730),
          includeSubdomains: false,
          override: true,
        },
        contentTypeOptions: { override: true },
      },
    });
  }

  private normaliseQuery(): EdgeFunction {
    return new EdgeFunction(this, 'NormaliseQuery', {
      comment: `${Stack.of(this).stackName}: one cache key per meaning`,
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(edgeFunctionCode('normalise-query.js')),
    });
  }

  private domainProps(domain: CustomDomain | null) {
    if (domain === null) return {};
    return {
      domainNames: [domain.name],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
    };
  }
}
