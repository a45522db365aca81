import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll } from 'vitest';
import * as z from 'zod/mini';
import { SitrepStack } from '../../lib/sitrep-stack.ts';
import { type Stage, type StageName, stageNamed } from '../../lib/stages.ts';

/** Context of an app whose functions are not bundled: the template is the same but for the hashes of the code. */
export const unbundled = { 'aws:cdk:bundling-stacks': [], 'aws:cdk:disable-asset-staging': true };

/** Where the apps of one test file go; removed after its tests. */
export const folder = mkdtempSync(path.join(tmpdir(), 'sitrep-lib-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

export const unbundledApp = (): App =>
  new App({ context: unbundled, outdir: mkdtempSync(path.join(folder, 'cdk.out-')) });

/** The stack of a stage with some of its settings changed. */
export function stackOf(name: StageName, changes: Partial<Stage> = {}): SitrepStack {
  return new SitrepStack(unbundledApp(), 'SitrepStack', { stage: { ...stageNamed(name), ...changes } });
}

const Resources = z.record(z.string(), z.object({ Properties: z.record(z.string(), z.unknown()) }));
export type Resource = z.infer<typeof Resources>[string];

/** The resources of one type by logical id. */
export const resourcesOf = (template: Template, type: string): ReadonlyMap<string, Resource> =>
  new Map(Object.entries(Resources.parse(template.findResources(type))));

/** The template of a stage with some of its settings changed. */
export const templateOf = (name: StageName, changes: Partial<Stage> = {}): Template =>
  Template.fromStack(stackOf(name, changes));
