/** What the chat says, in English and German; an owner's own words come first. */
import { computed, signal } from "@preact/signals";

const ENGLISH = {
  title: "Chat",
  placeholder: "Write a message…",
  message: "Message",
  messages: "Messages",
  send: "Send",
  stop: "Stop",
  close: "Close chat",
  startOver: "Start over",
  you: "You:",
  agent: "Agent:",
  thinking: "Thinking…",
  working: "Working…",
  card: "Card",
  earlier: "Show earlier",
  retry: "Try again",
  askAgain: "Ask again",
  offline: "No connection. Your messages are kept; we keep trying.",
  cutOff: "The answer was cut off before its end.",
  unreachable: "The chat cannot be reached right now.",
  blocked: "The chat could not be opened here.",
  invalid: "Please check what stands here.",
  question: "Run",
  confirm: "Confirm",
  deny: "Deny",
  empty: "empty",
  noArguments: "Nothing is sent along.",
  notSent: "Nothing has been sent yet.",
  expires: "Expires in {time}",
  expired: "Expired",
  tooLate: "Nobody answered in time; nothing was sent. Ask again to get another question.",
  again: "The same was asked {count} times in this conversation.",
};

export type Words = typeof ENGLISH;

const GERMAN: Words = {
  title: "Chat",
  placeholder: "Nachricht schreiben…",
  message: "Nachricht",
  messages: "Nachrichten",
  send: "Senden",
  stop: "Anhalten",
  close: "Chat schließen",
  startOver: "Neu beginnen",
  you: "Sie:",
  agent: "Agent:",
  thinking: "Denkt nach…",
  working: "Arbeitet…",
  card: "Karte",
  earlier: "Frühere zeigen",
  retry: "Noch einmal versuchen",
  askAgain: "Noch einmal fragen",
  offline: "Keine Verbindung. Ihre Nachrichten bleiben erhalten; wir versuchen es weiter.",
  cutOff: "Die Antwort brach vor ihrem Ende ab.",
  unreachable: "Der Chat ist gerade nicht erreichbar.",
  blocked: "Der Chat konnte hier nicht geöffnet werden.",
  invalid: "Bitte prüfen Sie diese Angabe.",
  question: "Ausführen:",
  confirm: "Bestätigen",
  deny: "Ablehnen",
  empty: "leer",
  noArguments: "Es wird nichts mitgeschickt.",
  notSent: "Es wurde noch nichts gesendet.",
  expires: "Läuft in {time} ab",
  expired: "Abgelaufen",
  tooLate: "Niemand hat rechtzeitig geantwortet; nichts wurde gesendet. Fragen Sie noch einmal.",
  again: "Dasselbe wurde in diesem Gespräch {count}-mal gefragt.",
};

const chosen = signal<{ language: string; own: Readonly<Record<string, string>> }>({
  language: "en",
  own: {},
});

export const words = computed<Words>(() => {
  const { language, own } = chosen.value;
  return { ...(/^de\b/i.test(language) ? GERMAN : ENGLISH), ...own };
});

export function speak(language: string, own: Readonly<Record<string, string>>): void {
  chosen.value = { language, own };
}

/** `filled("{count} new", { count: 3 })`. */
export function filled(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
