import { readFileSync } from 'node:fs';

/**
 * What tells a process from an earlier one of the same number: the boot it runs in and its start in clock ticks since
 * then. null where /proc is missing (outside Linux) or the process is. Source: proc_pid_stat(5), field 22, starttime.
 */
export function processStart(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may hold blanks and brackets itself; the third follows it.
    const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return start === undefined ? null : `${boot}/${start}`;
  } catch {
    return null;
  }
}
