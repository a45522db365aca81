#!/usr/bin/env node
// The sources are TypeScript and run as they are: tsx is registered first, so a checkout needs no build step.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
const { register } = await import('tsx/esm/api');
register();
const { main } = await import('./sitrep.ts');
process.exit(await main(process.argv.slice(2)));
