/** A command to a terminal: CSI, OSC and other strings with their contents, and escapes of two signs. Source: ECMA-48 §5.4, §8.3. */
const escapes =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|(?:\u001b[P\]X^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/g;

/**
 * Text of somebody else as it may be printed: on one line, without commands to the terminal, control signs and signs that
 * turn the direction of text. Joiners within a picture go too, which shows its parts.
 */
export const printableLine = (text: string): string =>
  text
    .replaceAll(escapes, '')
    .replaceAll(/[\p{Zl}\p{Zp}\p{Cc}\s]+/gu, ' ')
    .replaceAll(/[\p{Cf}\p{Cs}]/gu, '')
    .trim();

/** Data as a terminal may be sent it: control signs other than tabs and line ends are shown as U+FFFD. */
export const printableData = (text: string): string =>
  text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '\ufffd');
