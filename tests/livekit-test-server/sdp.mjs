// werift closes inactive sections with port 0 but leaves them in the bundle; when such a section leads the bundle the
// connection never comes up. Open and inactive means the same and works.
export const openSections = (sdp) => sdp.replace(/^m=(audio|video) 0 /gm, 'm=$1 9 ');

// werift gives the place of an inactive transceiver to the next new section, under the new section's mid, and then misses
// the old one in every later description. It takes only those whose current direction says so.
export function keepInactive(pc) {
  for (const transceiver of pc.getTransceivers()) {
    if (transceiver.currentDirection === 'inactive') transceiver.setCurrentDirection(undefined);
  }
}

// The mids of the sections on which the one who wrote this sends media.
export function sendingMids(sdp) {
  const sections = sdp.split(/\r\nm=/).slice(1);
  return new Set(sections.filter((section) => /a=(sendonly|sendrecv)/.test(section)).map((section) => /a=mid:(\S+)/.exec(section)?.[1]));
}
