import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Stage } from './stages.ts';

/** Partition keys by class of row, as IAM patterns. Source: docs/data-model.md. */
export const rowClasses = {
  schedule: 'SCHEDULE*',
  feedState: 'FEED#*',
  story: 'S#*',
  listing: 'T#*',
  retag: 'RETAG*',
  announcement: 'B#*',
  cluster: 'C#*',
  tally: 'N#*',
  feedHealth: 'FEED#HEALTH#',
} as const;
export type RowClass = keyof typeof rowClasses;

/** What may be done to one row or one partition at a time. Rows are taken away by time to live alone. */
export type RowAction = 'GetItem' | 'Query' | 'PutItem' | 'UpdateItem';

/** What a function does, and to which classes of row. */
export interface RowAccess {
  readonly actions: readonly RowAction[];
  readonly classes: readonly RowClass[];
}

/**
 * The one table. Scans are granted to nobody: no request path may cost more as the table grows. Deletes neither: where
 * rows go, time to live takes them.
 */
export class Storage extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: 'exp',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      encryption: TableEncryption.AWS_MANAGED,
      deletionProtection: stage.deletionProtection,
      removalPolicy: stage.deletionProtection ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }

  /** Lets `grantee` do exactly this to rows of these classes and nothing to others; call it once for each set of actions. */
  grant(grantee: IGrantable, { actions, classes }: RowAccess): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: actions.map((action) => `dynamodb:${action}`),
        resources: [this.table.tableArn],
        // Every action above names its partition keys, so the condition is never empty. Source: DynamoDB, fine-grained access.
        conditions: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': classes.map((rows) => rowClasses[rows]) },
        },
      }),
    );
  }
}
