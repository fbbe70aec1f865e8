/** A file that is dropped or chosen: OpenAPI as JSON or YAML, an export, or cURL commands. */
import { type Signal, useSignal } from "@preact/signals";
import { FileUp } from "lucide-preact";
import { useEffect, useRef } from "preact/hooks";
import { Button, Field, Form, TextInput } from "#ui";
import { ApiError } from "../../data/api.ts";
import { FILE_LIMIT_BYTES, type Source, size } from "./reading.ts";
import type { Told } from "./reading.worker.ts";
import { fault, typed } from "./state.ts";
import { read } from "./work.ts";

const TYPES = ".json,.yaml,.yml,.txt,.sh,application/json,application/yaml";

function take(file: File | undefined): void {
  if (file) read(file.name, (signal) => sourceOf(file, signal));
}

function sourceOf(file: File, signal: AbortSignal): Promise<Source> {
  const worker = new Worker(new URL("./reading.worker.ts", import.meta.url), { type: "module" });
  return new Promise<Source>((resolve, reject) => {
    const refuse = (message: string) => reject(new ApiError(0, "unreadable", message));
    worker.addEventListener("message", ({ data }: MessageEvent<Told>) =>
      "source" in data ? resolve(data.source) : refuse(data.refused),
    );
    worker.addEventListener("error", () => refuse(`${file.name} could not be read.`));
    signal.addEventListener("abort", () => refuse("Stopped."));
    worker.postMessage(file);
  }).finally(() => worker.terminate());
}

export function FromFile() {
  const input = useRef<HTMLInputElement>(null);
  const over = useSignal(false);
  useDrop(over);
  const choose = () => input.current?.click();
  return (
    <Form class="stack" onSubmit={choose} error={fault.value}>
      <div class={over.value ? "import-drop over" : "import-drop"}>
        <FileUp size={22} class="icon" />
        <p>
          Drop an OpenAPI file here <span class="soft">(JSON or YAML, version 3)</span>
        </p>
        <Button kind="primary" type="submit">
          Choose a file
        </Button>
        <p class="small soft">
          Or a file of cURL commands, or what “Export all” gives. Up to {size(FILE_LIMIT_BYTES)}.
        </p>
        <input
          ref={input}
          type="file"
          hidden
          accept={TYPES}
          aria-label="File"
          onChange={(event) => {
            take(event.currentTarget.files?.[0]);
            event.currentTarget.value = "";
          }}
        />
      </div>
      <Field
        label="Address of the API"
        path="baseUrl"
        optional
        hint="Only if an OpenAPI file names no server, or another one should be called."
      >
        <TextInput
          inputMode="url"
          placeholder="https://api.example.com"
          value={typed.baseUrl.value}
          onValue={(address) => {
            typed.baseUrl.value = address;
          }}
        />
      </Field>
    </Form>
  );
}

/** Take a file that is dropped anywhere: beside the box, the browser would open it instead. */
function useDrop(over: Signal<boolean>): void {
  useEffect(() => {
    const drag = (event: DragEvent) => {
      event.preventDefault();
      over.value = event.type === "dragover";
    };
    const drop = (event: DragEvent) => {
      drag(event);
      take(event.dataTransfer?.files[0]);
    };
    const events = { dragover: drag, dragleave: drag, drop } as const;
    for (const [name, listen] of Object.entries(events)) {
      document.addEventListener(name as keyof typeof events, listen);
    }
    return () => {
      for (const [name, listen] of Object.entries(events)) {
        document.removeEventListener(name as keyof typeof events, listen);
      }
    };
  }, [over]);
}
