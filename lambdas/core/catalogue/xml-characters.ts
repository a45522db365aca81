/** The text without what XML 1.0 §2.2 forbids: control characters, lone surrogates and the two noncharacters. */
export function xmlText(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');
}
