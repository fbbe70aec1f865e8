// One run's side of the wire. Deftly starts it without any permission and kills it afterwards.
// What is hidden here is hidden for clear errors; the boundary is the process around it.

const { inspect, stdin, stdout } = Deno;
const { Request, Response, Headers, JSON, Error, TypeError, Number, Map, WeakSet } = globalThis;
const HIDDEN = [
  ..."Deno process navigator Navigator Worker WebSocket EventSource BroadcastChannel".split(" "),
  ..."caches Cache CacheStorage localStorage sessionStorage Storage".split(" "),
  ..."alert confirm prompt close name OffscreenCanvas createImageBitmap".split(" "),
  ...Object.getOwnPropertyNames(globalThis).filter((name) => name.startsWith("GPU")),
];

function hide() {
  for (const name of HIDDEN) delete globalThis[name];
}
