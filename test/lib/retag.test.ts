import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { resourcesOf, templateOf } from './synthesised.ts';

const template = templateOf('prod');

describe('the re-tagging function', () => {
  it('may send itself messages without end, which Lambda would stop after a few', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Description: 'Sitrep prod: retag',
      RecursiveLoop: 'Allow',
    });
    const others = [...resourcesOf(template, 'AWS::Lambda::Function').values()].filter(
      ({ Properties }) => Properties.Description !== 'Sitrep prod: retag',
    );
    for (const { Properties } of others) expect(Properties.RecursiveLoop).toBeUndefined();
  });

  it('takes one message at a time, two at most', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^RetagMessagesQueue'), 'Arn'] },
      BatchSize: 1,
      ScalingConfig: { MaximumConcurrency: 2 },
    });
  });

  it('keeps stories as long as ingest does', () => {
    const days = [...resourcesOf(template, 'AWS::Lambda::Function').values()].flatMap(
      ({ Properties: { Environment } }) => Object(Environment).Variables.RETENTION_DAYS ?? [],
    );
    expect(days).toEqual(['730', '730']);
  });

  it('is run by nobody but who asks: no schedule and no rule names it', () => {
    const schedules = JSON.stringify([...resourcesOf(template, 'AWS::Scheduler::Schedule').values()]);
    expect(schedules).not.toContain('Retag');
    template.resourceCountIs('AWS::Events::Rule', 0);
  });
});
