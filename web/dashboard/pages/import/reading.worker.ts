/** Reads a file beside the page: parsing megabytes would make it stand still. */
import { asApiError } from "../../data/api.ts";
import { type Source, sourceOfFile } from "./reading.ts";

export type Told = { source: Source } | { refused: string };

addEventListener("message", async ({ data }: MessageEvent<File>) => {
  let told: Told;
  try {
    told = { source: await sourceOfFile(data) };
  } catch (fault) {
    told = { refused: asApiError(fault).message };
  }
  postMessage(told);
});
