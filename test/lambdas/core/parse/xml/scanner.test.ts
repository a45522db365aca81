import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ScanEnd, type ScanSink, scanXml } from '../../../../../lambdas/core/parse/xml/scanner.ts';

/** Everything the scanner tells of a text, one short string each, in order. */
function scan(text: string, stopAfter = Number.POSITIVE_INFINITY): { events: string[]; end: ScanEnd } {
  const events: string[] = [];
  const note = (event: string): boolean => events.push(event) < stopAfter;
  const sink: ScanSink = {
    text: (from, to) => void note(text.slice(from, to)),
    cdata: (from, to, closed) => void note(`[${text.slice(from, to)}${closed ? ']' : ''}`),
    open: (tag) => note(`<${tag.name}${text.slice(tag.nameEnd, tag.end - 1)}>`),
    close: (name) => note(`</${name}>`),
    doctype: (entities) => void note(`!${[...entities].map(([name, value]) => `${name}=${value}`).join()}`),
  };
  return { events, end: scanXml(text, sink) };
}

const eventsOf = (text: string): string[] => scan(text).events;

describe('scanXml', () => {
  it.each([
    ['<a>b</a>', ['<a>', 'b', '</a>']],
    ['<A:B c="d"/>', ['<a:b c="d"/>']],
    ['<a b=">" c=\'<\'>x', ['<a b=">" c=\'<\'>', 'x']],
    ['a<!-- <b> -->c', ['a', 'c']],
    ['a<?php <b> ?>c', ['a', 'c']],
    ['<![CDATA[<a>&amp;]]>', ['[<a>&amp;]']],
    ['<![CDATA[a]]]]><![CDATA[>b]]>', ['[a]]]', '[>b]']],
    ['<!DOCTYPE a [<!ENTITY b "c">]><d>', ['!b=c', '<d>']],
    ['<![if IE]>a', ['a']],
    ['5 < 6', ['5 < 6']],
    ['<3 <=', ['<3 <=']],
    ['a <b <c>', ['a <b ', '<c>']],
    ['</a <b>', ['</a>', '<b>']],
    ['</>', ['</>']],
    ['<é>x</é>', ['<é>', 'x', '</é>']],
    ['<İ a="b">', ['<i̇ a="b">']],
    ['', []],
  ])('reads %j', (text, events) => {
    expect(eventsOf(text)).toEqual(events);
  });

  it.each([
    ['a<b', ['a'], true],
    ['a</b', ['a'], true],
    ['<a><![CDATA[b', ['<a>', '[b'], true],
    ['a<!-- b', ['a'], true],
    ['a<!-- b > c', ['a', ' c'], true],
    ['<a>b', ['<a>', 'b'], false],
  ])('ends %j where it does the least harm', (text, events, cut) => {
    expect(scan(text)).toMatchObject({ events, end: { cut } });
  });

  it('tells of a `<` that begins nothing', () => {
    expect([scan('5 < 6').end.stray, scan('<a>5</a>').end.stray]).toEqual([true, false]);
  });

  it('stops when it is told to', () => {
    expect(eventsOf('<a><b><c>')).toHaveLength(3);
    expect(scan('<a><b><c>', 2).events).toEqual(['<a>', '<b>']);
  });

  it('cuts the same off a giant start and end tag name', () => {
    const [open = '', close = ''] = eventsOf(`<${'x'.repeat(5_000)}></${'x'.repeat(5_000)}>`);
    expect(open.slice(1, 257)).toBe(close.slice(2, 258));
  });

  it('loses no character data of a text without markup', () => {
    fc.assert(
      fc.property(
        fc.string().map((text) => text.replaceAll('<', '')),
        (text) => {
          expect(eventsOf(text).join('')).toBe(text);
        },
      ),
    );
  });

  it('tells places in order and inside the text', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '=',
      '/',
      'a',
      ' ',
      '!',
      '-',
      '[',
      ']',
      '?',
      'CDATA',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<!DOCTYPE',
      '&',
    );
    fc.assert(
      fc.property(fc.array(piece), (parts) => {
        const text = parts.join('');
        const places: number[] = [];
        scanXml(text, {
          text: (from, to) => void places.push(from, to),
          cdata: (from, to) => void places.push(from, to),
          open: (tag) => places.push(tag.from, tag.nameEnd, tag.end) > 0,
          close: (_, from, end) => places.push(from, end) > 0,
          doctype: () => undefined,
        });
        expect(places).toEqual([...places].sort((a, b) => a - b));
        expect(Math.max(0, ...places)).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 2_000 },
    );
  });
});
