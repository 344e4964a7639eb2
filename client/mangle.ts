/**
 * The members of the client's own objects to which the bundle gives names of one letter. None may be a member of anything of
 * the DOM or of the language that the client touches, or of what pages see (`window.vango`, details of events).
 *
 * @module
 */

/** The names. */
export const MANGLED: readonly string[] = (
  // Client
  "win doc end nodes ops sound mend specs heard queue typed composing ws ready stale intent session sealed acked " +
  "unacked ackTimer timer beat heartbeat seen alive tries frames rare wants loading quit socket received " +
  // Outgoing, Rare, BuildContext, morph, controls, templates
  "sent family predict locate subtree resync buildRare putRare maker into space node handler holes statics nodes " +
  "core controls isAhead setValue unwind rewind isAhead ours what " +
  // Core
  "buildNodes drop firstNode forget isOpaque MOUSE number numberOf put putMembers putText range readNodes sendUnsent " +
  "setAttr setEvents walk " +
  // Cursor
  "pos strings bytes uint int maybe list"
).split(" ");
