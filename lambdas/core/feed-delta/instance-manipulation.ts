const membersMax = 64;
const weightForm = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/;

/**
 * Answers whether a request takes a feed without the items its reader already has: `feed` is among the instance
 * manipulations of its A-IM with a weight above 0. Source: RFC 3229 §10.5.3; the manipulation `feed` is registered with IANA.
 */
export function wantsFeedDelta(acceptIm: string | null): boolean {
  return (acceptIm ?? '').split(',', membersMax).some((member) => {
    const [name = '', ...parameters] = member.split(';').map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => /^q\s*=/.test(parameter))?.replace(/^q\s*=\s*/, '');
    return name === 'feed' && (weight === undefined || (weightForm.test(weight) && Number(weight) > 0));
  });
}
