import { evidenceNames, evidenceOf } from '../../lambdas/core/cluster/evidence.ts';
import { signatureOf } from '../../lambdas/core/cluster/signature.ts';
import type { EvidenceName } from '../../lambdas/core/cluster/evidence.ts';
import type { Signature } from '../../lambdas/core/cluster/signature.ts';
import { WordWeights } from '../../lambdas/core/cluster/weights.ts';
import type { ClusterWeights } from '../../lambdas/core/cluster/weights.ts';
import type { LabelledReport } from './labelled-events.ts';
import { logisticWeights } from './logistic.ts';

/** Evidence that the labelled reports hold no example of: a digest or a live page holds many events. */
const setByHand: Readonly<Partial<Record<EvidenceName, number>>> = { column: -1.5 };

/** A pair of reports as the model sees it. */
interface Pair {
  readonly values: readonly number[];
  readonly isSame: boolean;
  readonly cost: number;
}

/** Strangers per report: the likest reports of other events, as they would meet under one key. */
const strangersPerReport = 6;
/** Pulls weights of rare evidence towards none. */
const ridge = 0.3;
const apartHoursMax = 96;

/** Learns what evidence counts for from labelled reports; the same reports give the same weights. */
export function learnEvidence(
  reports: readonly LabelledReport[],
  background: ClusterWeights,
): Pick<ClusterWeights, 'evidence' | 'bias'> {
  const words = new WordWeights(background);
  const signed = reports.map((report) => ({ ...report, signature: signatureOf(report.line, words) }));
  const pairs = [...kinPairs(signed), ...strangerPairs(signed)];
  const { weights, bias } = logisticWeights(pairs, evidenceNames.length, ridge);
  const rounded = (value: number): number => Math.round(value * 1000) / 1000;
  const evidence = evidenceNames.map((name, at) => setByHand[name] ?? rounded(weights[at] ?? 0));
  return { evidence, bias: rounded(bias) };
}

interface Signed extends LabelledReport {
  readonly signature: Signature;
}

/** All pairs within an event; an event counts as the logarithm of its size, so that large ones do not decide alone. */
function kinPairs(reports: readonly Signed[]): Pair[] {
  const events = new Map<string, Signed[]>();
  for (const report of reports) events.set(report.event, [...(events.get(report.event) ?? []), report]);
  return [...events.values()].flatMap((members) => {
    const pairs: Pair[] = [];
    members.forEach((one, at) => {
      for (const other of members.slice(at + 1)) {
        if (Math.abs(one.signature.at - other.signature.at) > apartHoursMax * 3_600_000) continue;
        const values = evidenceOf(one.signature, other.signature);
        pairs.push({ values, isSame: one.story === other.story, cost: 1 / Math.sqrt(members.length) });
      }
    });
    return pairs;
  });
}

/** The likest pairs of reports of different events, as if they had appeared hours to two days apart. */
function strangerPairs(reports: readonly Signed[]): Pair[] {
  return reports.flatMap((one, at) => {
    const hours = 1 + ((at * 7919) % 48);
    return reports
      .filter((other) => other.event !== one.event)
      .map((other) => {
        const moved = { ...other.signature, at: one.signature.at + hours * 3_600_000 };
        return { values: evidenceOf(one.signature, moved), isSame: false, cost: 0.5 };
      })
      .sort((a, b) => (b.values[0] ?? 0) - (a.values[0] ?? 0))
      .slice(0, strangersPerReport);
  });
}
