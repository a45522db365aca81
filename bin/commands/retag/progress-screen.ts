import type { RetagProgress } from '../../../lambdas/core/retag/retag-progress.ts';
import type { Terminal } from '../../command.ts';
import { grouped } from './summary-table.ts';

/** What a person sees while a long walk goes on: one line, drawn anew on a terminal and absent elsewhere. */
export interface ProgressScreen {
  show(progress: RetagProgress): void;
  /** Takes the line away. */
  clear(): void;
  /** A line that stays. */
  say(line: string): void;
}

/** A screen on which nothing is shown yet. */
export function progressScreen(output: Terminal): ProgressScreen {
  let isShown = false;
  const clear = (): void => {
    if (isShown) output.write('\r\u001b[2K');
    isShown = false;
  };
  return {
    clear,
    show: ({ summary, cursor }) => {
      if (output.isTTY !== true) return;
      const at = cursor === null ? '' : `, back to ${cursor.sortTime.slice(0, 10)}`;
      const line = `${grouped(summary.read)} stories read, ${grouped(summary.changed)} changed${at} …`;
      clear();
      output.write(line.slice(0, Math.max(1, (output.columns || 80) - 1)));
      isShown = true;
    },
    say: (line) => {
      clear();
      output.write(`${line}\n`);
    },
  };
}
