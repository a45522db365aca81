import { AwsSolutionsChecks, type NagPack, ServerlessChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { acknowledgedFindings, acknowledgeFindings } from '../../lib/acknowledged-findings.ts';
import type { SitrepStack } from '../../lib/sitrep-stack.ts';
import { stageNames } from '../../lib/stages.ts';
import { stackOf } from './synthesised.ts';

/** `rule at path` of every finding of both packs in the stack. */
function findingsIn(stack: SitrepStack): string[] {
  const packs: NagPack[] = [new AwsSolutionsChecks(stack), new ServerlessChecks(stack)];
  return packs.flatMap((pack) =>
    pack
      .validateScope(stack)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
      ),
  );
}

describe('acknowledged findings', () => {
  it('are these and no others', () => {
    const functions =
      'Delivery/Serve Pipeline/ScheduleFunction Pipeline/PollFunction Pipeline/IngestFunction Retag/Function';
    expect(acknowledgedFindings.map(({ rule, at }) => `${rule}: ${at.join(' ')}`)).toEqual([
      'AwsSolutions-SMG4: Delivery',
      'AwsSolutions-APIG4: Delivery/Route',
      'AwsSolutions-CFR1: Delivery/Edge/Distribution',
      'AwsSolutions-CFR2: Delivery/Edge/Distribution',
      'AwsSolutions-CFR3: Delivery/Edge/Distribution',
      'AwsSolutions-CFR4: Delivery/Edge/Distribution',
      'AwsSolutions-SQS3: Pipeline/ScheduleDlq',
      'Serverless-SQSRedrivePolicy: Pipeline/Poll/Dlq Pipeline/Ingest/Dlq Pipeline/ScheduleDlq Retag/Messages/Dlq',
      'Serverless-LambdaEventSourceMappingDestination: Pipeline/PollFunction Pipeline/IngestFunction Retag/Function',
      `Serverless-LambdaDLQ: ${functions}`,
      `Serverless-LambdaTracing: ${functions}`,
    ]);
  });

  it('each say why', () => {
    for (const { reason } of acknowledgedFindings) expect(reason).toMatch(/^[A-Z].{25,}\.$/);
  });

  it.each(stageNames)('leave no finding open in %s', (stage) => {
    const stack = stackOf(stage);
    acknowledgeFindings(stack);
    expect(findingsIn(stack)).toEqual([]);
  });

  it('are all needed, at every place they name', () => {
    const findings = findingsIn(stackOf('dev'));
    const needed = acknowledgedFindings.flatMap(({ rule, at }) =>
      at.map((path) => `${rule} at SitrepStack/${path}/`),
    );
    for (const place of needed)
      expect(findings.filter((finding) => finding.startsWith(place))).not.toEqual([]);
  });
});
