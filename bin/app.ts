import { sitrepApp } from '../lib/sitrep-app.ts';

// What `cdk synth` and `cdk deploy` run (cdk.json).
sitrepApp().synth();
