// werift closes inactive sections with port 0 but leaves them in the bundle; when such a section leads the bundle the
// connection never comes up. Open and inactive means the same and works.
export const openSections = (sdp) => sdp.replace(/^m=(audio|video) 0 /gm, 'm=$1 9 ');

// The mids of the sections on which the one who wrote this sends media.
export function sendingMids(sdp) {
  const sections = sdp.split(/\r\nm=/).slice(1);
  return new Set(sections.filter((section) => /a=(sendonly|sendrecv)/.test(section)).map((section) => /a=mid:(\S+)/.exec(section)?.[1]));
}
