import { describe, expect, it } from 'vitest';
import { homePage } from '../../../../lambdas/core/render/home-page.ts';
import { tree } from '../../../support/serve-fixture.ts';

describe('homePage', () => {
  const page = homePage(tree);

  it('links every topic in every format, and announces the wire to readers', () => {
    for (const slug of ['sea', 'sea.submarines', 'sea.mines', 'air', 'air.drones']) {
      for (const ending of ['rss', 'atom', 'json'])
        expect(page).toContain(`href="/topics/${slug}.${ending}"`);
    }
    expect(page.match(/rel="alternate"/g)).toHaveLength(3);
  });

  it('shows labels as text and runs nothing', () => {
    expect(page).toContain('Mines &#38; &#60;mine&#62; countermeasures');
    expect(page).not.toMatch(/<script|style=|\son\w+=/);
  });
});
