import { defineConfig } from "vite";

/** The chat in a frame: `/embed/frame`, and what it loads. */
export default defineConfig({
  root: "chat",
  base: "/embed/",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../../src/deftly/rest/assets/embed",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: "chat/frame.html" },
  },
});
