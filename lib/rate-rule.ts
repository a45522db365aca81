import { Stack, Token } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { Stage } from './stages.ts';

export interface RateRuleProps {
  readonly stage: Stage;
  /** Requests in five minutes, from one address, that are answered. WAF: 10 to 2,000,000,000. */
  readonly requestsPerFiveMinutes: number;
}

/** The window over which WAF counts; a reader that waits as long is let in again. Source: AWS WAF, rate-based rules. */
const windowSeconds = 300;

const tooMany = JSON.stringify({
  type: 'urn:sitrep:problem:too-many-requests',
  title: 'Too many requests',
  status: 429,
  detail: `Expected a reader to wait between requests; ask again in ${windowSeconds} seconds`,
});

/**
 * The edge's rate rule: who asks too often is answered 429 with Retry-After, from cache or not, and everybody else goes on
 * being served. Throws when the stack is known to be in another region than us-east-1, the only one that can guard an edge.
 */
export class RateRule extends Construct {
  readonly webAclArn: string;

  constructor(scope: Construct, id: string, { stage, requestsPerFiveMinutes }: RateRuleProps) {
    super(scope, id);
    const { region } = Stack.of(this);
    if (!Token.isUnresolved(region) && region !== 'us-east-1') {
      throw new Error(`Expected a stage with a rate rule to be in us-east-1, got ${region}`);
    }
    const visibility = (metricName: string) => ({
      cloudWatchMetricsEnabled: true,
      metricName: `sitrep-${stage.name}-${metricName}`,
      sampledRequestsEnabled: false,
    });
    const acl = new CfnWebACL(this, 'WebAcl', {
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('edge'),
      customResponseBodies: { tooMany: { contentType: 'APPLICATION_JSON', content: tooMany } },
      rules: [
        {
          name: 'requests-of-one-address',
          priority: 0,
          statement: {
            rateBasedStatement: {
              aggregateKeyType: 'IP',
              evaluationWindowSec: windowSeconds,
              limit: requestsPerFiveMinutes,
            },
          },
          action: {
            block: {
              customResponse: {
                responseCode: 429,
                customResponseBodyKey: 'tooMany',
                responseHeaders: [{ name: 'retry-after', value: String(windowSeconds) }],
              },
            },
          },
          visibilityConfig: visibility('rate'),
        },
      ],
    });
    this.webAclArn = acl.attrArn;
  }
}
