import {
  CloudFormationValidatePlugin,
  type IPolicyValidationContext,
  type PolicyValidationPluginReport,
} from 'aws-cdk-lib';

/**
 * The template validator that comes with the library, with its warnings made errors: an unknown or deprecated runtime, a
 * value outside an enumeration and a missing handler are only warnings there, and fail the deployment or the first
 * invocation. Takes the place of the instance the library registers by itself.
 */
export class StrictTemplateChecks extends CloudFormationValidatePlugin {
  override get version(): string {
    return super.version ?? 'unknown';
  }

  override get ruleIds(): string[] {
    return super.ruleIds ?? [];
  }

  override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const report = super.validate(context);
    const violations = report.violations.map((violation) =>
      violation.severity === 'warning' ? { ...violation, severity: 'error' } : violation,
    );
    return { ...report, violations, success: violations.every(({ severity }) => severity !== 'error') };
  }
}
