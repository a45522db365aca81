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
} as const;
export type RowClass = keyof typeof rowClasses;

const readActions = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
const writeActions = ['dynamodb:PutItem', 'dynamodb:UpdateItem'];
const deleteActions = ['dynamodb:DeleteItem'];

export interface RowAccess {
  readonly classes: readonly RowClass[];
  /** Rows may also be taken away, not only written over. */
  readonly mayDelete?: boolean;
}

/** The one table. Scans are granted to nobody: no request path may cost more as the table grows. */
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

  /** Lets `grantee` read any row, one key or one partition at a time. */
  grantRead(grantee: IGrantable): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: readActions, resources: [this.table.tableArn] }),
    );
  }

  /** Lets `grantee` read and write rows of these classes and no others. */
  grantReadWrite(grantee: IGrantable, { classes, mayDelete = false }: RowAccess): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: [...readActions, ...writeActions, ...(mayDelete ? deleteActions : [])],
        resources: [this.table.tableArn],
        // Every action above names its partition keys, so the condition is never empty. Source: DynamoDB, fine-grained access.
        conditions: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': classes.map((rows) => rowClasses[rows]) },
        },
      }),
    );
  }
}
