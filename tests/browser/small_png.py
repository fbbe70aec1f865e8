"""Pictures of pages made small: at most 256 colours, each pixel one byte."""

import base64
import struct
import zlib
from typing import Any

from playwright.sync_api import Page

COLOURS = 256
# Squared distance of colours that nobody tells apart.
NEAR = 12
# The browser that took the picture also reads it: the commonest colours, and each pixel's number.
COUNTED = """async ([png, most, near]) => {
  const read = await (await fetch("data:image/png;base64," + png)).blob();
  const picture = await createImageBitmap(read);
  const { width, height } = picture;
  const canvas = new OffscreenCanvas(width, height).getContext("2d");
  canvas.drawImage(picture, 0, 0);
  const pixels = new Uint32Array(canvas.getImageData(0, 0, width, height).data.buffer);
  const counts = new Map();
  for (const one of pixels) counts.set(one, (counts.get(one) ?? 0) + 1);
  const all = [...counts].sort((a, b) => b[1] - a[1]).map(([colour]) => colour);
  const parts = (colour) => [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255];
  const far = (a, b) => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
  const palette = [];
  const number = new Map(all.map((colour) => {
    const wanted = parts(colour);
    let best = 0;
    for (let i = 1; i < palette.length; i++)
      if (far(palette[i], wanted) < far(palette[best], wanted)) best = i;
    // What is hardly another colour takes no place of one that is.
    const known = palette.length && far(palette[best], wanted) < near;
    if (!known && palette.length < most) best = palette.push(wanted) - 1;
    return [colour, best];
  }));
  let text = "";
  for (const one of pixels) text += String.fromCharCode(number.get(one));
  return { width, height, palette: palette.flat(), pixels: btoa(text) };
}"""


def smaller(blank: Page, png: bytes) -> bytes:
    """Return the picture with a palette; ``blank`` is a page to work in."""
    told: dict[str, Any] = blank.evaluate(COUNTED, [base64.b64encode(png).decode(), COLOURS, NEAR])
    width, height, pixels = told["width"], told["height"], base64.b64decode(told["pixels"])
    # Every row begins with its filter; none packs palettes best.
    rows = b"".join(b"\0" + pixels[at : at + width] for at in range(0, len(pixels), width))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", bytes(told["palette"])),
            _chunk(b"IDAT", zlib.compress(rows, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)
