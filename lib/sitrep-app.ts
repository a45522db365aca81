import { App, type AppProps, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { acknowledgeFindings } from './acknowledged-findings.ts';
import { SitrepStack } from './sitrep-stack.ts';
import { stageNamed } from './stages.ts';
import { StrictTemplateChecks } from './strict-template-checks.ts';

/**
 * The CDK app: one stack for the stage named by context (`-c stage=prod`; dev when there is none), checked when it is
 * synthesised. A template error or warning, or a finding that nobody has acknowledged, fails the synthesis. Throws when
 * the stage is unknown.
 */
export function sitrepApp(props: AppProps = {}): App {
  const app = new App({
    ...props,
    // After the command line's context, so that no -c switches it off.
    postCliContext: { ...props.postCliContext, '@aws-cdk/core:validateAgainstDefaultRules': true },
  });
  const stack = new SitrepStack(app, 'SitrepStack', { stage: stageNamed(app.node.tryGetContext('stage')) });
  acknowledgeFindings(stack);
  Validations.of(app).addPlugins(
    new StrictTemplateChecks(),
    new AwsSolutionsChecks(app),
    new ServerlessChecks(app),
  );
  return app;
}
