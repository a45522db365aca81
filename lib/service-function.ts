import path from 'node:path';
import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  type EventInvokeConfigOptions,
  LoggingFormat,
  type RecursiveLoop,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { type BundlingOptions, LogLevel, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Stage } from './stages.ts';

const projectRoot = path.resolve(import.meta.dirname, '..');

export interface ServiceFunctionProps {
  readonly stage: Stage;
  /** Folder under lambdas/ whose index.ts exports `handler`. */
  readonly entry: 'schedule' | 'poll' | 'ingest' | 'serve' | 'retag';
  /** Exactly what the entry point reads: declare it as EnvironmentOf<typeof …Environment>. */
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly timeout: Duration;
  /** What becomes of an event that fails, for a function that is invoked without anyone waiting. */
  readonly asynchronous?: EventInvokeConfigOptions;
  /** Set for a function that means to send itself messages; else Lambda takes that for a mistake and stops it. */
  readonly recursiveLoop?: RecursiveLoop;
}

/**
 * A function with the project's defaults: Node 24 on ARM, one self-contained ES module, its own role that may do nothing
 * but write to its own log group until it is granted more, and its own log group with the stage's retention.
 * Bundling needs neither Docker nor the network.
 */
export class ServiceFunction extends Construct {
  readonly lambda: NodejsFunction;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    const { stage } = props;
    const logGroup = new LogGroup(this, 'Log', {
      retention: stage.logRetention,
      removalPolicy: stage.deletionProtection ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    this.lambda = new NodejsFunction(this, 'Function', {
      entry: path.join(projectRoot, 'lambdas', props.entry, 'index.ts'),
      handler: 'handler',
      description: `Sitrep ${stage.name}: ${props.entry}`,
      projectRoot,
      depsLockFilePath: path.join(projectRoot, 'package-lock.json'),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMb,
      timeout: props.timeout,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.INFO,
      environment: { ...props.environment },
      awsSdkConnectionReuse: false,
      bundling,
      ...(props.recursiveLoop !== undefined && { recursiveLoop: props.recursiveLoop }),
      ...props.asynchronous,
    });
  }
}

/** The path as one word of a shell command: cmd.exe knows only double quotes, everything else is safe in single ones. */
export function quotedForShell(word: string, platform: NodeJS.Platform): string {
  return platform === 'win32' ? `"${word}"` : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

const bundling: BundlingOptions = {
  format: OutputFormat.ESM,
  target: 'node24',
  minify: true,
  mainFields: ['module', 'main'],
  // Parts of the SDK are CommonJS and call require, which an ES module does not have.
  banner:
    "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  externalModules: [],
  logLevel: LogLevel.WARNING,
  commandHooks: {
    beforeBundling: () => [],
    beforeInstall: () => [],
    // Runs in projectRoot. Feeds, taxonomy and topics are compiled into the bundle so that a cold start parses no YAML.
    afterBundling: (_inputDir, outputDir) => [
      `node --import tsx bin/compile-data.ts ${quotedForShell(outputDir, process.platform)}`,
    ],
  },
};
