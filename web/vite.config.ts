import { defineConfig } from "vitest/config";

/** Pages are served by Deftly itself; `npm run dev` sends what it does not know to it. */
const server = process.env["DEFTLY_SERVER"] ?? "http://127.0.0.1:8484";

export default defineConfig({
  root: "dashboard",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../../src/deftly/rest/assets/dashboard",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: Object.fromEntries(
      ["/api", "/health", "/docs", "/openapi.json"].map((path) => [
        path,
        { target: server, changeOrigin: true, headers: { origin: server } },
      ]),
    ),
  },
  test: { root: ".", include: ["**/*.test.ts", "**/*.test.tsx"] },
});
