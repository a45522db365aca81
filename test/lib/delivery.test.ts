import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { resourcesOf, templateOf } from './synthesised.ts';

const template = templateOf('dev');
const secret = {
  'Fn::Join': [
    '',
    ['{{resolve:secretsmanager:', { Ref: Match.stringLikeRegexp('OriginSecret') }, ':SecretString:::}}'],
  ],
};
const behaviour = (DefaultCacheBehavior: object) =>
  template.hasResourceProperties('AWS::CloudFront::Distribution', {
    DistributionConfig: Match.objectLike({ DefaultCacheBehavior: Match.objectLike(DefaultCacheBehavior) }),
  });

describe('the API', () => {
  it('hands every request to the serve function in payload format 2.0', () => {
    template.resourceCountIs('AWS::ApiGatewayV2::Api', 1);
    template.hasResourceProperties('AWS::ApiGatewayV2::Route', { RouteKey: '$default' });
    template.hasResourceProperties('AWS::ApiGatewayV2::Integration', {
      IntegrationType: 'AWS_PROXY',
      PayloadFormatVersion: '2.0',
      IntegrationUri: { 'Fn::GetAtt': [Match.stringLikeRegexp('^DeliveryServeFunction'), 'Arn'] },
    });
  });

  it('throttles what reaches it, by stage', () => {
    const throttled = (stage: 'dev' | 'prod', ThrottlingRateLimit: number, ThrottlingBurstLimit: number) =>
      templateOf(stage).hasResourceProperties('AWS::ApiGatewayV2::Stage', {
        StageName: '$default',
        DefaultRouteSettings: { ThrottlingRateLimit, ThrottlingBurstLimit },
      });
    throttled('dev', 20, 40);
    throttled('prod', 200, 400);
  });

  it('logs each request as JSON without the address of anyone', () => {
    const [stage] = resourcesOf(template, 'AWS::ApiGatewayV2::Stage').values();
    const { Format } = Object(stage?.Properties.AccessLogSettings);
    expect(JSON.parse(Format)).toMatchObject({ requestId: '$context.requestId', status: '$context.status' });
    expect(Format).not.toMatch(/identity|sourceIp|userAgent/);
  });

  it('can be used only by who knows the secret that the edge sends', () => {
    template.hasResourceProperties('AWS::SecretsManager::Secret', {
      GenerateSecretString: Match.objectLike({ PasswordLength: 48 }),
    });
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: Match.objectLike({
        Origins: [
          Match.objectLike({ OriginCustomHeaders: [{ HeaderName: 'x-origin-verify', HeaderValue: secret }] }),
        ],
      }),
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ ORIGIN_SECRET: secret }) },
    });
  });

  it('gets another secret when the stage raises its generation', () => {
    const ids = (changed: typeof template) => [...resourcesOf(changed, 'AWS::SecretsManager::Secret').keys()];
    expect(ids(templateOf('dev', { originSecretGeneration: 2 }))).not.toEqual(ids(template));
  });
});

describe('the edge', () => {
  it('lets readers read, and nothing else, over TLS', () => {
    behaviour({
      AllowedMethods: ['GET', 'HEAD', 'OPTIONS'],
      ViewerProtocolPolicy: 'redirect-to-https',
      Compress: true,
    });
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: Match.objectLike({ HttpVersion: 'http2and3', IPV6Enabled: true }),
    });
  });

  it('reaches the API over TLS 1.2 and waits longer than the function may take', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Description: 'Sitrep dev: serve',
      Timeout: 10,
    });
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: Match.objectLike({
        Origins: [
          Match.objectLike({
            CustomOriginConfig: {
              OriginProtocolPolicy: 'https-only',
              OriginSSLProtocols: ['TLSv1.2'],
              OriginReadTimeout: 15,
            },
          }),
        ],
      }),
    });
  });

  it('keys its cache on query, encoding and what the function makes of three headers, never on cookies, and keeps nothing against the handler’s word', () => {
    template.hasResourceProperties('AWS::CloudFront::CachePolicy', {
      CachePolicyConfig: Match.objectLike({
        MinTTL: 0,
        DefaultTTL: 0,
        ParametersInCacheKeyAndForwardedToOrigin: {
          CookiesConfig: { CookieBehavior: 'none' },
          EnableAcceptEncodingBrotli: true,
          EnableAcceptEncodingGzip: true,
          HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['A-IM', 'Accept', 'X-Delta-Base'] },
          QueryStringsConfig: { QueryStringBehavior: 'all' },
        },
      }),
    });
    behaviour({ CachePolicyId: { Ref: Match.stringLikeRegexp('CachePolicy') } });
  });

  it('forwards neither Host nor any other header of the reader', () => {
    behaviour({ OriginRequestPolicyId: Match.absent() });
    template.resourceCountIs('AWS::CloudFront::OriginRequestPolicy', 0);
  });

  it('normalises the query before it looks into the cache', () => {
    behaviour({
      FunctionAssociations: [
        {
          EventType: 'viewer-request',
          FunctionARN: { 'Fn::GetAtt': [Match.stringLikeRegexp('NormaliseQuery'), 'FunctionARN'] },
        },
      ],
    });
    template.hasResourceProperties('AWS::CloudFront::Function', {
      FunctionConfig: Match.objectLike({ Runtime: 'cloudfront-js-2.0' }),
      AutoPublish: true,
    });
  });

  it('has browsers come back over TLS, also after an answer that the handler never saw', () => {
    behaviour({ ResponseHeadersPolicyId: { Ref: Match.stringLikeRegexp('ResponseHeaders') } });
    template.hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
      ResponseHeadersPolicyConfig: Match.objectLike({
        SecurityHeadersConfig: {
          StrictTransportSecurity: {
            AccessControlMaxAgeSec: 63_072_000,
            IncludeSubdomains: false,
            Override: true,
          },
          ContentTypeOptions: { Override: true },
        },
      }),
    });
  });

  it('shares no account-wide name between stages', () => {
    const types = ['CachePolicy', 'Function', 'ResponseHeadersPolicy'];
    const names = (from: typeof template) =>
      types.flatMap((type) =>
        [...resourcesOf(from, `AWS::CloudFront::${type}`).values()].map(({ Properties }) =>
          JSON.stringify([type, Properties.Name ?? Object(Properties[`${type}Config`]).Name]),
        ),
      );
    const both = [...names(template), ...names(templateOf('prod'))];
    expect(new Set(both).size).toBe(2 * types.length);
  });

  it('has a stage’s rate rule answer 429 with Retry-After, and no web ACL without one', () => {
    template.resourceCountIs('AWS::WAFv2::WebACL', 0);
    const ruled = templateOf('prod', { rateRule: { requestsPerFiveMinutes: 600 } });
    ruled.hasResourceProperties('AWS::WAFv2::WebACL', {
      Scope: 'CLOUDFRONT',
      DefaultAction: { Allow: {} },
      Rules: [
        Match.objectLike({
          Statement: { RateBasedStatement: { AggregateKeyType: 'IP', EvaluationWindowSec: 300, Limit: 600 } },
          Action: {
            Block: {
              CustomResponse: Match.objectLike({
                ResponseCode: 429,
                ResponseHeaders: [{ Name: 'retry-after', Value: '300' }],
              }),
            },
          },
        }),
      ],
    });
    ruled.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: Match.objectLike({
        WebACLId: { 'Fn::GetAtt': [Match.stringLikeRegexp('RateRule'), 'Arn'] },
      }),
    });
  });

  it('has the domain, certificate and TLS 1.2 of the stage, and links built from that domain', () => {
    const certificateArn =
      'arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000';
    const custom = templateOf('prod', { customDomain: { name: 'wire.example', certificateArn } });
    custom.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: Match.objectLike({
        Aliases: ['wire.example'],
        PriceClass: 'PriceClass_All',
        ViewerCertificate: {
          AcmCertificateArn: certificateArn,
          MinimumProtocolVersion: 'TLSv1.2_2021',
          SslSupportMethod: 'sni-only',
        },
      }),
    });
    custom.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ PUBLIC_URL: 'https://wire.example' }) },
    });
    custom.hasOutput('FeedUrl', { Value: 'https://wire.example/feed.rss' });
  });
});
