import { describe, expect, it } from 'vitest';
import { createHostGate, forgetIdleHosts, type GatedHost } from '../../../lambdas/adapters/host-gate.ts';

/** A clock that only moves when somebody pauses. */
function fakeTime() {
  let now = 0;
  const pause = async (milliseconds: number): Promise<void> => {
    const until = now + milliseconds;
    await Promise.resolve();
    now = Math.max(now, until);
  };
  return { clock: () => now, pause };
}

describe('the host gate', () => {
  it('starts requests to one public host five seconds apart', async () => {
    const { clock, pause } = fakeTime();
    const gate = createHostGate({ clock, pause, isOwnHost: () => false });
    const starts: number[] = [];
    const url = 'https://publisher.example/feed';
    await Promise.all(Array.from({ length: 5 }, () => gate.run(url, async () => starts.push(clock()))));
    const gaps = starts.slice(1).map((start, at) => start - (starts[at] ?? 0));
    expect(gaps).toHaveLength(4);
    expect(gaps.every((gap) => gap >= 5_000)).toBe(true);
  });

  it('never has more than two under way on a host, its own hosts included, whatever the port', async () => {
    const { clock, pause } = fakeTime();
    const gate = createHostGate({ clock, pause, isOwnHost: () => true });
    let running = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    };
    await Promise.all(
      Array.from({ length: 12 }, (_, at) => gate.run(`http://127.0.0.1:${9_000 + at}/`, work)),
    );
    expect(most).toBe(2);
    expect(running).toBe(0);
  });

  it('lets different hosts go side by side', async () => {
    const { clock, pause } = fakeTime();
    const gate = createHostGate({ clock, pause, isOwnHost: () => false });
    const starts: number[] = [];
    await Promise.all(
      ['a', 'b', 'c'].map((name) => gate.run(`https://${name}.example/`, async () => starts.push(clock()))),
    );
    expect(starts).toEqual([0, 0, 0]);
  });

  it('passes on what the work gives and its failures, and goes on after one', async () => {
    const { clock, pause } = fakeTime();
    const gate = createHostGate({ clock, pause, isOwnHost: () => true });
    const url = 'http://127.0.0.1/';
    await expect(gate.run(url, () => Promise.reject(new Error('boom')))).rejects.toThrow('boom');
    expect(await gate.run(url, async () => 7)).toBe(7);
  });

  it('waits no longer than the spacing when the clock has been set back by hours', async () => {
    let now = 10 * 3_600_000;
    const pauses: number[] = [];
    const pause = async (milliseconds: number) => void pauses.push(milliseconds);
    const gate = createHostGate({ clock: () => now, pause, isOwnHost: () => false });
    const url = 'https://publisher.example/';
    const nothing = async () => undefined;
    await gate.run(url, nothing);
    now = 0;
    await Promise.all([gate.run(url, nothing), gate.run(url, nothing), gate.run(url, nothing)]);
    expect(pauses).toHaveLength(3);
    expect(Math.min(...pauses)).toBe(5_000);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(10_000);
  });

  it('forgets a host once nothing runs on it and nothing would have to wait', () => {
    const host = (parts: Partial<GatedHost>): GatedHost => ({
      running: 0,
      pausing: 0,
      nextStartAt: 0,
      heldUntil: 0,
      waiting: [],
      ...parts,
    });
    const hosts = new Map([
      ['idle', host({ nextStartAt: 100 })],
      ['spaced', host({ nextStartAt: 101 })],
      ['busy', host({ running: 1 })],
      ['held', host({ heldUntil: 101 })],
      ['free', host({ heldUntil: 100 })],
    ]);
    forgetIdleHosts(hosts, 100);
    expect([...hosts.keys()]).toEqual(['spaced', 'busy', 'held']);
  });

  it('starts nothing before its turn, and waits twenty seconds for one at the most', async () => {
    const { clock, pause } = fakeTime();
    const gate = createHostGate({ clock, pause, isOwnHost: () => false });
    const started: number[] = [];
    const note = async () => started.push(clock());
    await gate.run('https://a.example/', note, 7_000);
    await gate.run('https://b.example/', note, 3_600_000);
    expect(started).toEqual([7_000, 27_000]);
  });

  it('counts a host with and without www. as one', async () => {
    const { clock, pause } = fakeTime();
    const gate = createHostGate({ clock, pause, isOwnHost: () => false });
    const starts: number[] = [];
    const urls = ['https://www.publisher.example/feed', 'http://publisher.example:8080/other'];
    await Promise.all(urls.map((url) => gate.run(url, async () => starts.push(clock()))));
    expect(starts).toEqual([0, 5_000]);
  });

  it('remembers until when a host asked to be left alone, the longest of what it said', () => {
    const { clock, pause } = fakeTime();
    const gate = createHostGate({ clock, pause, isOwnHost: () => false });
    gate.hold('https://publisher.example/feed', 9_000);
    gate.hold('https://publisher.example/other', 4_000);
    expect(gate.heldUntil('https://www.publisher.example/third')).toBe(9_000);
    expect(gate.heldUntil('https://elsewhere.example/')).toBe(0);
  });
});
