import { defineConfig } from "vite";

/** `embed.js`: one classic script, for the pages of others. */
export default defineConfig({
  root: "loader",
  build: {
    outDir: "../../src/deftly/rest/assets/embed",
    emptyOutDir: false,
    target: "es2022",
    reportCompressedSize: false,
    lib: { entry: "main.ts", formats: ["iife"], name: "deftlyEmbed", fileName: () => "embed.js" },
  },
});
