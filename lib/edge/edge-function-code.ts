import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Source: CloudFront quotas, maximum size of a function. */
const functionBytesMax = 10_240;

/**
 * What CloudFront runs of a module in this folder: the same text as a plain script. Throws when the module is larger
 * than CloudFront takes, or exports anything but one `handler`.
 */
export function edgeFunctionCode(file: string): string {
  const module = readFileSync(path.join(import.meta.dirname, file), 'utf8');
  const code = module.replace(/^export (?=function handler\()/m, '');
  if (code === module || /^\s*(export|import)\b/m.test(code)) {
    throw new Error(`Expected ${file} to export one function named handler and to import nothing`);
  }
  const bytes = Buffer.byteLength(code);
  if (bytes > functionBytesMax)
    throw new Error(`Expected ${file} within ${functionBytesMax} bytes, got ${bytes}`);
  return code;
}
