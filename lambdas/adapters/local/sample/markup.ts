const minuteMs = 60_000;

/** Text as XML character data and attribute value. Source: XML 1.0 §2.4. */
export function escapedXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A CDATA section; a `]]>` inside is split over two sections. Source: XML 1.0 §2.7. */
export function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

/** `Mon, 23 Nov 2026 14:57:06 +0100` for an instant in epoch milliseconds; GMT when the offset is 0. Source: RFC 822 §5. */
export function rfc822Date(timeMs: number, utcOffsetMinutes: number): string {
  const text = new Date(timeMs + utcOffsetMinutes * minuteMs).toUTCString();
  return utcOffsetMinutes === 0 ? text : text.replace('GMT', offsetText(utcOffsetMinutes, ''));
}

/** `2026-11-23T14:57:06+01:00` for an instant in epoch milliseconds; Z when the offset is 0. Source: RFC 3339 §5.6. */
export function rfc3339Date(timeMs: number, utcOffsetMinutes: number): string {
  const text = new Date(timeMs + utcOffsetMinutes * minuteMs).toISOString().slice(0, 19);
  return `${text}${utcOffsetMinutes === 0 ? 'Z' : offsetText(utcOffsetMinutes, ':')}`;
}

function offsetText(minutes: number, separator: string): string {
  const size = Math.abs(minutes);
  const pair = (value: number) => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${pair(Math.floor(size / 60))}${separator}${pair(size % 60)}`;
}
