import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  foldLine,
  foldLines,
  looksLikeHtml,
  textFromHtml,
} from '../../../../lambdas/core/parse/plain-text.ts';

describe('textFromHtml', () => {
  it.each([
    ['<p>One</p><p>Two</p>', 'One\nTwo'],
    ['One<br>two<br/>three', 'One\ntwo\nthree'],
    ['<p>one\ntwo</p>', 'one two'],
    ['one\n\ntwo', 'one\ntwo'],
    ['a<b>b</b>c', 'abc'],
    ['<td>a</td><td>b</td>', 'a b'],
    ['AT&amp;T &copy 2024 &nbsp;x &eacute;', 'AT&T © 2024 x é'],
    ['?a=1&copy=2', '?a=1&copy=2'],
    ['5 < 6 and 7 > 3', '5 < 6 and 7 > 3'],
    ['I <3 ships', 'I <3 ships'],
    ['mail <ann@example.org>', 'mail <ann@example.org>'],
    ['<a title="a > b">x</a>', 'x'],
    ["<a title='a < b'>x</a>", 'x'],
    ['<a href="unclosed>x</a> y', 'x y'],
    ['<!-- c --> x <!-- open', 'x'],
    ['<code><![CDATA[<b>raw</b>]]></code>', '<b>raw</b>'],
    [' <![CDATA[<b>put in</b> a section &amp; twice]]> ', 'put in a section & twice'],
    ['<?php echo ?>x', 'x'],
    ['a<script>b()</script>c<style>p{}</style>d', 'acd'],
    ['a<SCRIPT>b()</Script >c', 'ac'],
    ['a<script>b', 'ab'],
    // What a browser would not show is no text either (I19).
    ['a<div style="display:none">b</div>c', 'a\nc'],
    ['a<div hidden>b<div>c</div>d</div>e', 'a\ne'],
    ["a<span STYLE='x:y; DISPLAY : none !important'>b</span>c", 'ac'],
    ['a<p style="visibility: hidden">b<pre>c</pre></p>d', 'a\nd'],
    ['a<span class="hidden">b</span><i title="hidden none">c</i>d', 'abcd'],
    ['a<span hidden>b', 'ab'],
    ['a<img hidden>b<input style="display:none">c', 'abc'],
    ['a<svg><title>b</title></svg><select><option>c</select><textarea>d</textarea>e', 'a\ne'],
    ['<svg/onload=alert(1)>x', 'x'],
    ['<h:p>one</h:p><o:p></o:p>two', 'one\ntwo'],
    ['end <a href="http://exa', 'end'],
    ['&lt;p&gt;escaped &lt;b&gt;twice&lt;/b&gt;&lt;/p&gt;', 'escaped twice'],
    ['<p>write &lt;b&gt;x&lt;/b&gt;</p>', 'write <b>x</b>'],
    ['&#128;&#146;&#x1F6A2;&#0;&#55296;', '€’🚢\uFFFD'],
    ['it\u0092s', 'it’s'],
    ['', ''],
    ['<', '<'],
    ['</', '</'],
    ['<!', ''],
  ])('reads %j as %j', (html, text) => {
    expect(textFromHtml(html)).toBe(text);
  });

  it('gives no markup that it was not given as text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '/', 'a', 'script', ' ', '"', "'", '=', '!', '-') }),
        (html) => {
          expect(textFromHtml(html)).not.toMatch(/<\/?(?:a|script)(?:\s[^<"'>]*)?>/);
        },
      ),
    );
  });

  it('gives folded text for any input, and leaves plain text as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (html) => {
        const text = textFromHtml(html);
        expect(foldLines(text)).toBe(text);
        if (!/[<&]/.test(text)) expect(textFromHtml(text)).toBe(text);
      }),
    );
  });
});

describe('folding', () => {
  it.each([
    [foldLines, ' a \t b \r\n\r\n c\u00a0 d\u2028e ', 'a b\nc d\ne'],
    [foldLine, ' a \t b \r\n\r\n c\u00a0 d\u2028e ', 'a b c d e'],
    [foldLine, 'a\u0000b\u0008c\uFFFEd', 'abcd'],
    [foldLine, 'a\uD800b\uDC00\uD83D\uDEA2', 'a\uFFFDb\uFFFD🚢'],
  ])('%o folds %j', (fold, text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it('is idempotent and leaves no control character or lone surrogate', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
        const text = String.fromCharCode(...units);
        for (const fold of [foldLine, foldLines]) {
          const folded = fold(text);
          expect(fold(folded)).toBe(folded);
          expect(folded).not.toMatch(/[\0-\x08\x0B-\x1F\x7F-\x9F\uFFFE\uFFFF]|\p{Surrogate}/u);
        }
      }),
    );
  });
});

describe('looksLikeHtml', () => {
  it.each(['<p>x</p>', 'a<br>b', '<img src="x">', 'AT&amp;T', 'x &#8217; y', '</B>'])(
    'is true of %j',
    (text) => {
      expect(looksLikeHtml(text)).toBe(true);
    },
  );
  it.each(['AT&T', '5 < 6', '<T> generics', 'a & b; c', '', '</notatag>'])('is false of %j', (text) => {
    expect(looksLikeHtml(text)).toBe(false);
  });
});
