import { App } from 'aws-cdk-lib';
import { SitrepStack } from '../../lib/sitrep-stack.ts';
import { stageNamed } from '../../lib/stages.ts';

// The stack as it is in dev, on a domain of its own: moto has no CloudFront in its CloudFormation, so there a
// distribution has no domain name that the environment of a function could be given.
const customDomain = {
  name: 'wire.example',
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000',
};
const app = new App();
new SitrepStack(app, 'SitrepStack', { stage: { ...stageNamed('dev'), customDomain } });
app.synth();
