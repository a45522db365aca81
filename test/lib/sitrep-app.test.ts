import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { sitrepApp } from '../../lib/sitrep-app.ts';
import { StrictTemplateChecks } from '../../lib/strict-template-checks.ts';
import { folder, unbundled, unbundledApp } from './synthesised.ts';

const Template = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.optional(z.record(z.string(), z.unknown())) }),
  ),
});
type Template = z.infer<typeof Template>;

const synthesised = (stage: string): string => {
  const outdir = path.join(folder, stage);
  return sitrepApp({ outdir, context: { ...unbundled, stage } })
    .synth()
    .getStackByName(`sitrep-${stage}`).templateFullPath;
};
const checks = new StrictTemplateChecks();

/** The rules the template breaks, when it differs from ours in this. */
function rulesBrokenBy(change: (template: Template) => void): readonly string[] {
  const template = Template.parse(
    JSON.parse(readFileSync(path.join(folder, 'dev', 'SitrepStack.template.json'), 'utf8')),
  );
  change(template);
  const templatePath = path.join(folder, 'changed.template.json');
  writeFileSync(templatePath, JSON.stringify(template));
  const stack = { stackConstructPath: 'SitrepStack', templatePath, accountId: undefined, region: undefined };
  const report = checks.validate({
    templatePaths: [templatePath],
    stackTemplates: [stack],
    appConstruct: unbundledApp(),
  });
  expect(report.success).toBe(report.violations.length === 0);
  return report.violations.map(({ ruleName }) => ruleName);
}

/** The properties of the first resource of a type. */
function propertiesOf(template: Template, type: string): Record<string, unknown> {
  const found = Object.values(template.Resources).find(({ Type }) => Type === type)?.Properties;
  if (found === undefined) throw new Error(`Expected a resource of type ${type}, got none`);
  return found;
}

describe('the app', () => {
  it.each(['dev', 'prod'])('synthesises %s without an error, a warning or an open finding', (stage) => {
    expect(() => synthesised(stage)).not.toThrow();
  });

  it('refuses an unknown stage by name', () => {
    expect(() => sitrepApp({ outdir: folder, context: { ...unbundled, stage: 'staging' } })).toThrow(
      'Expected -c stage=dev|prod, got "staging"',
    );
  });

  it('cannot be told to take template errors for warnings', () => {
    const context = { ...unbundled, '@aws-cdk/core:validateAgainstDefaultRules': false };
    const app = sitrepApp({ outdir: folder, context });
    expect(app.node.tryGetContext('@aws-cdk/core:validateAgainstDefaultRules')).toBe(true);
  });
});

describe('the template checks', () => {
  it('find nothing in the template as it is', () => {
    expect(rulesBrokenBy(() => {})).toEqual([]);
  });

  const lambda = 'AWS::Lambda::Function';
  it.each<[string, (template: Template) => void]>([
    [
      'an unknown runtime',
      (template) => Object.assign(propertiesOf(template, lambda), { Runtime: 'nodejs99.x' }),
    ],
    [
      'a runtime past its end',
      (template) => Object.assign(propertiesOf(template, lambda), { Runtime: 'nodejs16.x' }),
    ],
    [
      'a function without handler',
      (template) => Reflect.deleteProperty(propertiesOf(template, lambda), 'Handler'),
    ],
    [
      'an unknown billing mode',
      (template) =>
        Object.assign(propertiesOf(template, 'AWS::DynamoDB::Table'), { BillingMode: 'ON_DEMAND' }),
    ],
    ['a number out of range', (template) => Object.assign(propertiesOf(template, lambda), { Timeout: 901 })],
    [
      'a property nobody knows',
      (template) => Object.assign(propertiesOf(template, 'AWS::SQS::Queue'), { VisibilityTimout: 30 }),
    ],
    [
      'a reference to nothing',
      (template) => Object.assign(propertiesOf(template, lambda), { Role: { Ref: 'Nobody' } }),
    ],
  ])('fail the synthesis for %s', (_what, change) => {
    expect(rulesBrokenBy(change)).not.toEqual([]);
  });
});
