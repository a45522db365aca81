import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { PriceClass } from 'aws-cdk-lib/aws-cloudfront';

export const stageNames = ['dev', 'prod'] as const;
export type StageName = (typeof stageNames)[number];

/** An alternate domain of the edge. The certificate must be in us-east-1. Source: CloudFront, alternate domain names. */
export interface CustomDomain {
  readonly name: string;
  readonly certificateArn: string;
}

/** What differs between deployments. Everything else is the same in every stage. */
export interface Stage {
  readonly name: StageName;
  /** Days a story is kept after first sight; 0 keeps it for ever. */
  readonly retentionDays: number;
  readonly logRetention: RetentionDays;
  /** true: table and logs outlive the stack, and neither the table nor the stack can be deleted by mistake. */
  readonly deletionProtection: boolean;
  /** Page publishers see in our User-Agent; null gives the address of the wire itself. */
  readonly contactUrl: string | null;
  /** Polls a day of all feeds together, to which their intervals are stretched; 0: as many as the feeds' rates ask for. */
  readonly requestBudget: number;
  /** HOST or HOST:PORT of in-house feeds that may be at private addresses. */
  readonly allowedHosts: readonly string[];
  /** Requests that reach the origin, after the edge cache. */
  readonly throttling: { readonly requestsPerSecond: number; readonly burstRequests: number };
  /**
   * Requests in five minutes from one address beyond which the edge answers 429 with Retry-After; null: no such rule. It is
   * a web ACL (6 USD a month and 0.60 a million requests) and needs the stack to be in us-east-1.
   */
  readonly rateRule: { readonly requestsPerFiveMinutes: number } | null;
  readonly priceClass: PriceClass;
  readonly customDomain: CustomDomain | null;
  /** Raise it to have the secret between edge and API replaced by the next deployment. */
  readonly originSecretGeneration: number;
  /** Invocations at once; this and the messages' size bound how many publishers are asked at the same time. SQS: 2 to 1,000. */
  readonly concurrencyMax: { readonly poll: number; readonly ingest: number };
}

const stages: Readonly<Record<StageName, Stage>> = {
  dev: {
    name: 'dev',
    retentionDays: 30,
    logRetention: RetentionDays.ONE_WEEK,
    deletionProtection: false,
    contactUrl: null,
    requestBudget: 0,
    allowedHosts: [],
    throttling: { requestsPerSecond: 20, burstRequests: 40 },
    rateRule: null,
    priceClass: PriceClass.PRICE_CLASS_100,
    customDomain: null,
    originSecretGeneration: 1,
    concurrencyMax: { poll: 2, ingest: 2 },
  },
  prod: {
    name: 'prod',
    retentionDays: 730,
    logRetention: RetentionDays.THREE_MONTHS,
    deletionProtection: true,
    contactUrl: null,
    requestBudget: 0,
    allowedHosts: [],
    throttling: { requestsPerSecond: 200, burstRequests: 400 },
    rateRule: null,
    priceClass: PriceClass.PRICE_CLASS_ALL,
    customDomain: null,
    originSecretGeneration: 1,
    concurrencyMax: { poll: 10, ingest: 5 },
  },
};

/** The settings of a stage; undefined means dev. Throws naming the stages there are when `name` is not one of them. */
export function stageNamed(name: unknown): Stage {
  const known = stageNames.find((stage) => stage === (name ?? 'dev'));
  if (known === undefined) {
    throw new Error(`Expected -c stage=${stageNames.join('|')}, got ${JSON.stringify(name)}`);
  }
  return stages[known];
}
