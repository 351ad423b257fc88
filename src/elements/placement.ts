/** Where a popover goes: below what it belongs to, above when there is more room, and never over the edge. In pixels of the window. */

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** From what it belongs to. */
const gapPx = 6;
/** From the edge. */
const edgePx = 8;

/** @param room the popover stays inside of it if it can; if it is larger than that, its beginning is seen */
export function place(anchor: Box, {width, height}: {readonly width: number; readonly height: number}, room: Box) {
  const below = anchor.bottom + gapPx;
  const fitsBelow = below + height + edgePx <= room.bottom;
  const isRoomierBelow = room.bottom - anchor.bottom >= anchor.top - room.top;
  const top = fitsBelow || isRoomierBelow ? below : anchor.top - gapPx - height;
  return {
    left: between(room.left + edgePx, anchor.left, room.right - edgePx - width),
    top: between(room.top + edgePx, top, room.bottom - edgePx - height),
  };
}

const between = (least: number, wanted: number, most: number) => Math.max(least, Math.min(wanted, most));
